import { VisuallyHidden } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconLock } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { createElement, lazy, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo } from '../../../shared/domain'
import { actionOfScreen } from '../../../shared/keymap'
import { MessageAndRemedy } from '../components/text/MainText'
import { Deferred } from '../components/Deferred'
import { ErrorBoundary } from '../components/ErrorBoundary'
import { dialogs } from './state/dialogs'
import { OverlayScreen } from './OverlayScreen'
import { goTo, screens, shell, type Screen } from './state/shell'
import { useKeptPlace } from './keepPlace'
import { whenQuiet } from './whenQuiet'
import { useKeyScope } from './keys/useActions'
import { useKeptPromptDraft } from '../features/prompt/keepPromptDraft'
import { Rail } from './Rail'
import { loadViews, useView } from './views'
import classes from './Workspace.module.css'

const ImportDialog = lazy(async () => ({ default: (await import('../features/library/ImportDialog')).ImportDialog }))
const CustomRecipeDialog = lazy(async () => ({ default: (await import('../features/projects/CustomRecipeDialog')).CustomRecipeDialog }))
const GuidelinesDialog = lazy(async () => ({ default: (await import('../features/guidelines/GuidelinesDialog')).GuidelinesDialog }))
const OwnFiguresDialog = lazy(async () => ({ default: (await import('../features/quality/OwnFiguresDialog')).OwnFiguresDialog }))
const CommandPalette = lazy(async () => ({ default: (await import('./CommandPalette')).CommandPalette }))

const screenActions = Object.fromEntries(screens.map((screen) => [actionOfScreen[screen], () => goTo(screen)]))

/** The open project: the rail, the current screen, and the command palette. */
export function Workspace({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const screen = shell.use((state) => state.screen)
  const overlay = shell.use((state) => state.overlay)
  const focusMode = shell.use((state) => state.focusMode && state.screen === 'review' && state.overlay === null)
  const label = overlay ? t(`shell.${overlay}`) : t(`shell.screens.${screen}`)
  const client = useQueryClient()
  useEffect(() => whenQuiet(client, loadViews), [client])
  useKeptPromptDraft()
  useKeptPlace()
  useKeyScope({
    level: 'global',
    actions: {
      palette: () => spotlight.open(),
      ownFigures: () => dialogs.set({ ownFigures: true }),
      ...screenActions,
    },
  })
  return (
    <div className={classes.frame} data-read-only={project.readOnly !== null} data-focus-mode={focusMode}>
      <a className="skip-link" href="#content">
        {t('shell.skipToContent')}
      </a>
      {focusMode ? null : <Rail project={project} />}
      {project.readOnly && <ReadOnlyBanner why={project.readOnly} />}
      <main id="content" className={classes.content} tabIndex={-1} aria-label={label}>
        <VisuallyHidden component="h1">{label}</VisuallyHidden>
        <ErrorBoundary key={overlay ?? screen}>
          {overlay ? <OverlayScreen overlay={overlay} /> : <View screen={screen} project={project} />}
        </ErrorBoundary>
      </main>
      <Deferred>
        <ImportDialog recipe={project.recipe} />
        {project.recipe === 'custom' && <CustomRecipeDialog />}
        <GuidelinesDialog />
        <OwnFiguresDialog />
        <CommandPalette project={project} />
      </Deferred>
    </div>
  )
}

/** Warning above every screen that nothing can be saved. */
function ReadOnlyBanner({ why }: { readonly why: NonNullable<ProjectInfo['readOnly']> }) {
  const { t } = useTranslation()
  return (
    <div className={classes.readOnly} role="status" aria-label={t('shell.readOnly')}>
      <IconLock size={16} aria-hidden />
      <span className="verbatim">
        <MessageAndRemedy of={why} />
      </span>
    </div>
  )
}

function View({ screen, project }: { readonly screen: Screen; readonly project: ProjectInfo }) {
  const Shown = useView(screen)
  return Shown && createElement(Shown, { project })
}
