import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconChartBar,
  IconDownload,
  IconEye,
  IconEyeCheck,
  IconFileImport,
  IconFolder,
  IconHeartbeat,
  IconKeyboard,
  IconMoon,
  IconPhoto,
  IconPlayerPlay,
  IconPrompt,
  IconScale,
  IconSearch,
  IconSettings,
  IconStar,
  IconSun,
  IconSunMoon,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AppSettings } from '../../../../shared/contract'
import type { ProjectInfo } from '../../../../shared/domain'
import { useCallMutation } from '../../queries'
import { goTo, goToReview, openOverlay, screens, type Screen } from '../../state/shell'
import { dialogs } from '../../state/dialogs'
import { useCheckProject, useCloseProject } from './projectCalls'

const screenIcons = {
  library: IconPhoto,
  prompt: IconPrompt,
  runs: IconPlayerPlay,
  review: IconEye,
  exemplars: IconStar,
  export: IconDownload,
} as const satisfies Record<Screen, Icon>

/** Every screen and the main actions, by their words. */
export function CommandPalette({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const saveSettings = useCallMutation('app.saveSettings', { reread: ['app.settings'] })
  const showFolder = useCallMutation('app.showFolder')
  const close = useCloseProject()
  const check = useCheckProject()

  const action = (id: string, label: string, ActionIcon: Icon, onClick: () => void) => ({
    id,
    label,
    leftSection: <ActionIcon size={18} aria-hidden />,
    onClick,
  })
  const theme = (value: AppSettings['theme']) => () => saveSettings.mutate({ theme: value })
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('shell.paletteScreens'),
      actions: screens.map((screen) =>
        action(screen, t('shell.goTo', { screen: t(`shell.screens.${screen}`) }), screenIcons[screen], () => goTo(screen)),
      ),
    },
    {
      group: t('shell.paletteActions'),
      actions: [
        action('import', t('library.import'), IconFileImport, () => dialogs.set({ import: true })),
        action('ownFigures', t('quality.figures.title'), IconChartBar, () => dialogs.set({ ownFigures: true })),
        action('secondLook', t('quality.secondLook'), IconEyeCheck, () => goToReview({ look: 'second' })),
        action('disagreements', t('quality.disagreements'), IconScale, () => goToReview({ look: 'disagreement' })),
        action('folder', t('shell.showFolder'), IconFolder, () => showFolder.mutate({ path: project.path })),
        action('check', t('shell.checkProject'), IconHeartbeat, () => void check()),
        action('light', t('shell.themeLight'), IconSun, theme('light')),
        action('dark', t('shell.themeDark'), IconMoon, theme('dark')),
        action('auto', t('shell.themeAuto'), IconSunMoon, theme('auto')),
        action('settings', t('shell.settings'), IconSettings, () => openOverlay('settings')),
        action('keys', t('shell.keys'), IconKeyboard, () => openOverlay('help')),
        action('close', t('shell.closeProject'), IconX, () => void close()),
      ],
    },
  ]
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      scrollable
      maxHeight={480}
      // Gone at once: a palette that fades out takes the keys of the one that is asked for next.
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      attributes={{ content: { 'aria-label': t('shell.palette') } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      nothingFound={t('shell.paletteNothing')}
      searchProps={{
        placeholder: t('shell.paletteSearch'),
        'aria-label': t('shell.paletteSearch'),
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
    />
  )
}
