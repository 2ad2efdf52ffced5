import { Button, Text, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PromptPreview } from '../../../../shared/contract'
import type { ProjectInfo } from '../../../../shared/domain'
import { Problem } from '../../../../shared/problem'
import { ProblemNotice } from '../../components/ProblemNotice'
import { goTo, shell } from '../../app/state/shell'
import { ItemPicker } from './ItemPicker'
import { MessageBlock } from './MessageBlock'
import { PromptFigures } from './PromptFigures'
import { TrialPanel } from './TrialPanel'
import type { ShownPrompt } from './promptDraft'
import { describeMessages } from './describeMessages'
import classes from './Prompt.module.css'

interface Props {
  readonly project: ProjectInfo
  readonly itemId: number | null
  /** The current text and settings. */
  readonly shown: ShownPrompt
  readonly preview: UseQueryResult<PromptPreview>
}

/** The exact messages for one item, before anything is sent. */
export function PreviewPane({ project, itemId, shown, preview }: Props) {
  const { t } = useTranslation()
  const badTemplate = preview.error instanceof Problem && preview.error.code === 'bad-template'
  return (
    <section className={classes.preview} data-tour="preview" aria-label={t('prompt.preview')} tabIndex={0} aria-busy={preview.isFetching}>
      <div className={classes.previewHead}>
        <Title order={2}>{t('prompt.preview')}</Title>
        {preview.data && <PromptFigures preview={preview.data} />}
      </div>
      {itemId === null ? (
        <>
          <Text c="dimmed">{t('prompt.noItem')}</Text>
          <Button variant="default" onClick={() => goTo('library')}>
            {t('prompt.toLibrary')}
          </Button>
        </>
      ) : (
        <>
          <ItemPicker project={project} itemId={itemId} onChoose={(id) => shell.set({ itemId: id })} />
          <TrialPanel key={itemId} itemId={itemId} shown={shown} disabled={badTemplate} />
        </>
      )}
      {badTemplate && <Text c="dimmed">{t('prompt.mendTemplate')}</Text>}
      {preview.error && !badTemplate && <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && (
        <ol className={classes.messages}>
          {describeMessages(preview.data).map((described, index) => (
            <MessageBlock key={index} described={described} />
          ))}
        </ol>
      )}
    </section>
  )
}
