import { Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PromptState } from '../../../../shared/contract'
import type { ProjectInfo } from '../../../../shared/domain'
import { Problem } from '../../../../shared/problem'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { shell } from '../../app/state/shell'
import { PaneEdge } from '../comfort/PaneEdge'
import { CompareSetup } from './compare/CompareSetup'
import { ComparisonView } from './compare/ComparisonView'
import { compareState } from './compare/compareState'
import { FileExemplars } from './FileExemplars'
import { GenerationFields } from './GenerationFields'
import { PreviewPane } from './PreviewPane'
import { promptDraft, shownPrompt } from './promptDraft'
import { PromptToolbar } from './PromptToolbar'
import { TextFields } from './TextFields'
import classes from './Prompt.module.css'

/** Text and settings of the prompt on the left; on the right a live preview of what the model receives for one item. */
export function PromptScreen({ project }: { readonly project: ProjectInfo }) {
  const stored = useCall('prompt.get', {})
  if (stored.error) return <ProblemNotice error={stored.error} onRetry={() => void stored.refetch()} />
  if (!stored.data) return <Skeleton h={240} m="lg" />
  return <PromptDesk project={project} stored={stored.data} />
}

function PromptDesk({ project, stored }: { readonly project: ProjectInfo; readonly stored: PromptState }) {
  const { t } = useTranslation()
  const draft = promptDraft.use((state) => state)
  const { mode, comparisonId } = compareState.use((state) => state)
  const shown = shownPrompt(draft, stored)
  const chosenId = shell.use((state) => state.itemId)
  const firstId = useCall('item.page', { filter: { state: 'all' }, after: 0, limit: 1 }).data?.items[0]?.id ?? null
  const itemId = chosenId ?? firstId
  // Serialized, so that equal prompts have the same value and the timer does not restart on every render.
  const [settled] = useDebouncedValue(JSON.stringify(shown), 250)
  const asked = JSON.parse(settled) as typeof shown
  const preview = useCall(
    'prompt.preview',
    { itemId: itemId ?? 1, ...asked },
    { enabled: itemId !== null && mode === 'edit', placeholderData: keepPreviousData, gcTime: 0, staleTime: 0 },
  )
  const templateError = preview.error instanceof Problem && preview.error.code === 'bad-template' ? preview.error.text : null
  if (mode === 'compare' && comparisonId !== null) return <ComparisonView key={comparisonId} id={comparisonId} project={project} />
  return (
    <div className={classes.frame}>
      <PromptToolbar project={project} stored={stored} draft={draft} />
      {mode === 'compare' ? <CompareSetup stored={stored} shown={shown} /> : editor()}
    </div>
  )

  function editor() {
    return (
      <div className={classes.screen}>
        <section className={classes.editor} aria-label={t('prompt.texts')} tabIndex={0}>
          <FileExemplars stored={stored} />
          <TextFields text={shown.text} templateError={templateError} onChange={(text) => promptDraft.set({ text })} />
          <GenerationFields settings={shown.settings} onChange={(settings) => promptDraft.set({ settings })} />
        </section>
        <PreviewPane project={project} itemId={itemId} shown={shown} preview={preview} />
        <PaneEdge pane="promptPreview" side="right" />
      </div>
    )
  }
}
