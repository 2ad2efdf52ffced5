import { VisuallyHidden } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo } from '../../../../shared/domain'
import { ErrorBoundary } from '../../components/ErrorBoundary'
import { openOverlay, shell } from '../../state/shell'
import { ExemplarsScreen } from '../exemplars/ExemplarsScreen'
import { ExportScreen } from '../export/ExportScreen'
import { useActions } from '../keys/useActions'
import { ImportDialog } from '../library/ImportDialog'
import { LibraryScreen } from '../library/LibraryScreen'
import { PromptScreen } from '../prompt/PromptScreen'
import { ReviewScreen } from '../review/ReviewScreen'
import { RunsScreen } from '../runs/RunsScreen'
import { CommandPalette } from './CommandPalette'
import { Header } from './Header'
import classes from './Workspace.module.css'

const views = {
  library: LibraryScreen,
  prompt: PromptScreen,
  runs: RunsScreen,
  review: ReviewScreen,
  exemplars: ExemplarsScreen,
  export: ExportScreen,
}

/** An open project: the header, one screen, and the commands. */
export function Workspace({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const screen = shell.use((state) => state.screen)
  const View = views[screen]
  useActions({ palette: () => spotlight.open(), help: () => openOverlay('help') })
  return (
    <div className={classes.frame}>
      <a className="skip-link" href="#content">
        {t('shell.skipToContent')}
      </a>
      <Header project={project} />
      <main id="content" className={classes.content} tabIndex={-1} aria-label={t(`shell.screens.${screen}`)}>
        <VisuallyHidden component="h1">{t(`shell.screens.${screen}`)}</VisuallyHidden>
        <ErrorBoundary key={screen}>
          <View project={project} />
        </ErrorBoundary>
      </main>
      <ImportDialog />
      <CommandPalette project={project} />
    </div>
  )
}
