import { Button, Loader, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readAtVisit, useCall, useCallMutation } from '../../api/queries'
import { DialogFooter } from '../../components/DialogFooter'
import { ProblemNotice } from '../../components/ProblemNotice'
import { formatDate } from '../../format'

/** Card of a snapshot: generated statistics of its pairs, and the text that the lead writes around them. */
export function CardDialog({ id, name, onClose }: { readonly id: number; readonly name: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const card = useCall('snapshot.card', { id }, readAtVisit)
  const save = useCallMutation('snapshot.saveCard', { onError: () => undefined }) // shown in the dialog
  const text = typed ?? card.data?.text ?? ''
  // Escape or a click outside saves the typed text instead of discarding it.
  const close = () => (typed === null ? onClose() : save.mutate({ id, text }, { onSuccess: onClose }))
  return (
    <Modal opened onClose={close} title={t('snapshots.cardOf', { name })} size={880} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('snapshots.cardHint')}
        </Text>
        {card.error && <ProblemNotice error={card.error} />}
        {save.error && <ProblemNotice error={save.error} />}
        {card.isPending && <Loader size="sm" aria-label={t('snapshots.reading')} />}
        {card.data && (
          <>
            <Textarea
              data-autofocus
              autosize
              minRows={12}
              maxRows={18}
              aria-label={t('snapshots.cardOf', { name })}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              spellCheck={false}
              value={text}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
            {card.data.savedAt !== null && card.data.savedBy !== null && (
              <Text size="xs" c="dimmed">
                {t('snapshots.cardSaved', { date: formatDate(card.data.savedAt), person: card.data.savedBy })}
              </Text>
            )}
          </>
        )}
        <DialogFooter>
          <Button variant="default" onClick={close}>
            {t('common.close')}
          </Button>
          <Button
            disabled={typed === null}
            loading={save.isPending}
            onClick={() => save.mutate({ id, text }, { onSuccess: () => setTyped(null) })}
          >
            {t('snapshots.saveCard')}
          </Button>
        </DialogFooter>
      </Stack>
    </Modal>
  )
}
