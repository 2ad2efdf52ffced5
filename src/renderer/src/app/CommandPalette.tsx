import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconBook,
  IconContrast,
  IconChartBar,
  IconEyeCheck,
  IconFileImport,
  IconFolder,
  IconHeartbeat,
  IconKeyboard,
  IconMap,
  IconMoon,
  IconPlugConnected,
  IconScale,
  IconSearch,
  IconSettings,
  IconSun,
  IconSunMoon,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSettings } from '../../../shared/contract'
import type { ProjectInfo } from '../../../shared/domain'
import { actionOfScreen, type Action } from '../../../shared/keymap'
import { useCallMutation } from '../api/queries'
import { screenIcons } from './Rail'
import { goTo, goToReview, openHelp, openOverlay, screens } from './state/shell'
import { dialogs } from './state/dialogs'
import { startTour } from './state/tour'
import { KeyHint } from './keys/KeyHint'
import { availableActions, carryOut } from './keys/keyScopes'
import { useProfileActions } from '../features/settings/profileActions'
import { useCheckProject, useCloseProject } from './projectCalls'

/** The action chosen in the palette; it is carried out once the palette has returned the focus. */
let chosen: Action | null = null

/** Actions that are not repeated in the palette: the palette itself, and actions that it lists under another label. */
const inPaletteAnyway: ReadonlySet<Action> = new Set([
  'palette',
  'help',
  'shortcuts',
  'settings',
  'leaveField',
  ...Object.values(actionOfScreen),
])

const offered = (): readonly Action[] => availableActions().filter((name) => !inPaletteAnyway.has(name))

/** Command palette with all screens, the main actions, and the keyboard actions available on the current screen. */
export function CommandPalette({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const saveSettings = useCallMutation('app.saveSettings')
  const showFolder = useCallMutation('app.showFolder')
  const close = useCloseProject()
  const check = useCheckProject()
  const profiles = useProfileActions()

  const action = (id: string, label: string, ActionIcon: Icon, onClick: () => void) => ({
    id,
    label,
    leftSection: <ActionIcon size={18} aria-hidden />,
    onClick,
  })
  // The key that opens the palette may also mount it.
  const [possible, setPossible] = useState(offered)
  const focusBefore = useRef<Element | null>(document.activeElement)
  const open = () => {
    focusBefore.current = document.activeElement
    setPossible(offered())
  }
  const closed = () => {
    const name = chosen
    chosen = null
    if (focusBefore.current instanceof HTMLElement && focusBefore.current !== document.body)
      focusBefore.current.focus({ preventScroll: true })
    if (name) carryOut(name)
  }
  const theme = (value: AppSettings['theme']) => () => saveSettings.mutate({ theme: value })
  const ofScreen: SpotlightActionGroupData = {
    group: t('comfort.paletteKeys'),
    actions: possible.map((name) => ({
      ...action(`key-${name}`, t(`keys.actions.${name}`), IconKeyboard, () => {
        chosen = name
      }),
      rightSection: <KeyHint action={name} />,
    })),
  }
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
        action('contrast', t('comfort.useContrast'), IconContrast, theme('contrast')),
        action('auto', t('shell.themeAuto'), IconSunMoon, theme('auto')),
        action('settings', t('shell.settings'), IconSettings, () => openOverlay('settings')),
        ...profiles.map(({ id, label, onClick }) => action(id, label, IconPlugConnected, onClick)),
        action('guide', t('help.guide'), IconBook, () => openHelp('guide')),
        action('keys', t('shell.keys'), IconKeyboard, () => openHelp('keys')),
        action('tour', t('comfort.tour.start'), IconMap, startTour),
        action('close', t('shell.closeProject'), IconX, () => void close()),
      ],
    },
    ...(possible.length > 0 ? [ofScreen] : []),
  ]
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      returnFocus={false}
      onSpotlightOpen={open}
      onSpotlightClose={closed}
      scrollable
      maxHeight={480}
      // No transition: a palette that is fading out would take the keys of the next one.
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
