import { Button, Group, MultiSelect, Select, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultReviewSettings, type BulkTarget } from '../../../../../shared/review'
import { showDone } from '../../../components/showProblem'
import { useCall, useCallMutation } from '../../../api/queries'
import { withReviewerName } from '../session/reviewerNamePrompt'
import { asksForNote, chosenReasons, wordsOf } from '../panels/RejectPanel'

const verdicts = ['accept', 'reject', 'ignore', 'reopen'] as const
export type Step = (typeof verdicts)[number] | 'flag' | 'tag'

interface Props {
  readonly target: BulkTarget
  /** Number of pairs in the target. */
  readonly count: number
  /** Whether the count is not up to date yet. The action is disabled until it is, so that the user sees the number first. */
  readonly counting?: boolean
  readonly onDone: () => void
  readonly label?: string
  /** Whether the fields are in one row. */
  readonly inline?: boolean
  /** Action that was already chosen by its key, so that only its button is left to press. */
  readonly first?: Step | null
}

/**
 * Form for one action on many pairs: all pairs that match a filter, or a selection. It shows the action and the number of pairs beforehand.
 * One undo reverts all of them.
 */
export function BulkActions({ target, count, counting = false, onDone, label, inline = false, first = null }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { reasons } = useCall('review.settings', {}).data ?? defaultReviewSettings
  const [step, setStep] = useState<Step | null>(first)
  const [chosen, setChosen] = useState<string[]>([])
  const [note, setNote] = useState('')
  const [tag, setTag] = useState('')
  const notifyDone = (words: 'bulkDecided' | 'bulkMarked') => (output: { readonly changed: number }) => {
    showDone(t(`review.${words}`, { count: output.changed }))
    onDone()
  }
  const decide = useCallMutation('bulk.decide', { onSuccess: notifyDone('bulkDecided') })
  const flag = useCallMutation('bulk.flag', { onSuccess: notifyDone('bulkMarked') })
  const putTag = useCallMutation('bulk.tag', { onSuccess: notifyDone('bulkMarked') })
  const run = () => {
    if (step === 'flag') flag.mutate({ target, flagged: true })
    else if (step === 'tag') putTag.mutate({ target, tag: tag.trim(), tagged: true })
    else if (step) {
      const reason = step === 'reject' ? chosenReasons(reasons, chosen, note) : undefined
      withReviewerName(client, () => decide.mutate({ target, verdict: step, ...(reason && { reason }) }))
    }
  }
  const pending = decide.isPending || flag.isPending || putTag.isPending
  return (
    <Group
      gap={inline ? 'xs' : 4}
      align={inline ? 'flex-end' : 'stretch'}
      wrap={inline ? 'wrap' : 'nowrap'}
      style={inline ? {} : { flexDirection: 'column' }}
    >
      <Select
        size="xs"
        clearable
        label={label ?? t('review.bulk')}
        placeholder={t('review.bulkHint')}
        value={step}
        data={[...verdicts, 'flag', 'tag'].map((value) => ({ value, label: t(`review.bulkSteps.${value as Step}`) }))}
        onChange={(value) => setStep(value as Step | null)}
        comboboxProps={{ withinPortal: false }}
      />
      {step === 'reject' && (
        <MultiSelect
          size="xs"
          clearable
          label={t('review.filterParts.reason')}
          value={chosen}
          data={reasons.map((value) => ({ value, label: wordsOf(value, t) }))}
          onChange={setChosen}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      {step === 'reject' && asksForNote(chosen) && (
        <TextInput
          size="xs"
          label={t('review.note')}
          maxLength={300}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      {step === 'tag' && (
        <TextInput
          size="xs"
          label={t('review.filterParts.tag')}
          value={tag}
          maxLength={60}
          onChange={(event) => setTag(event.currentTarget.value)}
        />
      )}
      {step && (
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {t(step === 'flag' || step === 'tag' ? 'review.bulkMarks' : 'review.bulkUndo')}
          </Text>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the step was asked for by its key */}
          <Button
            size="xs"
            autoFocus={first !== null}
            data-autofocus={first !== null || undefined}
            loading={pending}
            disabled={counting || count === 0 || (step === 'tag' && !tag.trim())}
            onClick={run}
          >
            {t('review.bulkRun', { step: t(`review.bulkSteps.${step}`), count })}
          </Button>
        </Group>
      )}
    </Group>
  )
}
