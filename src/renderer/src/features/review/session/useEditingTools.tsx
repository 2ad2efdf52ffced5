import { Button, Menu, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate } from '../../../../../shared/domain'
import type { TypedPairs } from '../../../../../shared/editing'
import { call } from '../../../api/api'
import { showProblem } from '../../../components/showProblem'
import { useCall } from '../../../api/queries'
import { useStable } from '../../../app/state/useStable'
import { useUnlessBrief } from '../../../app/state/useUnlessBrief'
import { isTextField } from '../../../app/keys/actionFor'
import { KeyHint, useKeyShortcuts } from '../../../app/keys/KeyHint'
import { once, useActions } from '../../../app/keys/useActions'
import { AcceptItemPanel } from '../panels/AcceptItemPanel'
import { PairForm } from '../pair/PairForm'
import { RejectPanel } from '../panels/RejectPanel'
import type { ReviewSession } from './reviewSession'
import { cursorInResponse, splitText } from './splitPlace'
import type { Editor } from './useEditor'

type Open =
  | { readonly kind: 'own' | 'split'; readonly candidateId: number; readonly initial: TypedPairs }
  | { readonly kind: 'accept' | 'reject'; readonly candidateId: number; readonly count: number }

interface Options {
  readonly session: ReviewSession
  readonly candidate: Candidate
  readonly editor: Editor
  /** Whether keys may act on the pair. */
  readonly ready: boolean
  readonly onFocusPair: () => void
}

export interface EditingTools {
  /** Whether a form or panel is open and handles the keys. */
  readonly open: boolean
  /** Form that replaces the pair. */
  readonly form: ReactNode
  /** Panel above the decision buttons. */
  readonly panel: ReactNode
  /** Items for the menu of the pair. */
  readonly menu: ReactNode
  /** Notice that a pair written by the reviewer is unfinished. */
  readonly notice: ReactNode
}

/** Provides the actions beyond a single verdict: splitting the pair, adding a pair, and deciding on all pairs of the item. */
export function useEditingTools({ session, candidate, editor, ready, onFocusPair }: Options): EditingTools {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { id, itemId } = candidate
  const [opened, setOpened] = useState<Open | null>(null)
  const open = opened?.candidateId === id ? opened : null

  const close = () => {
    setOpened(null)
    void session.settled().then(() => client.invalidateQueries({ queryKey: ['pair.typed'] }))
    onFocusPair()
  }
  const openForm = (kind: 'own' | 'split', initial: TypedPairs) => {
    editor.leave()
    const subjectId = kind === 'own' ? itemId : id
    session
      .enqueue(() => call('pair.typed', { form: kind, subjectId }))
      .then((typed) => setOpened({ kind, candidateId: id, initial: typed?.length === initial.length ? typed : initial }), showProblem)
  }
  const split = () => {
    const pair = document.querySelector('[data-pair]')
    const { activeElement } = document
    if (isTextField(activeElement) && !pair?.contains(activeElement)) return false
    if (open) return
    const { instruction, response } = editor.text
    const [first, second] = splitText(response, cursorInResponse(pair, response))
    openForm('split', [
      { instruction, response: first },
      { instruction, response: second },
    ])
  }
  const addPair = () => openForm('own', [{ instruction: '', response: '' }])
  const askItem = (kind: 'accept' | 'reject') => {
    editor.flush()
    session
      .enqueue(() => call('candidate.count', { filter: { itemId, states: ['pending'] } }))
      .then((count) => (count > 0 ? setOpened({ kind, candidateId: id, count }) : session.announce('noneOfItem')), showProblem)
  }
  const decideItem = async (verdict: 'accept' | 'reject', reason?: string) => {
    close()
    editor.cancel()
    const seconds = session.secondsOnPair()
    const outcome = await session.takeStep(
      { name: 'item.decide', input: { itemId, verdict, ...(reason ? { reason } : {}), seconds } },
      true,
    )
    if (outcome) session.announce(verdict === 'accept' ? 'itemAccepted' : 'itemRejected', { count: outcome.candidates.length })
  }

  const click = useStable({
    split: () => (ready ? void split() : undefined),
    addPair: () => (ready ? addPair() : undefined),
    acceptItem: () => (ready ? askItem('accept') : undefined),
    rejectItem: () => (ready ? askItem('reject') : undefined),
  })
  useActions({ split: (event) => (event.repeat ? undefined : split()) }, ready)
  useActions(
    {
      addPair: once(addPair),
      acceptItem: once(() => askItem('accept')),
      rejectItem: once(() => askItem('reject')),
    },
    ready && !open,
  )

  const isMenuEnabled = useUnlessBrief(ready) && !open
  // Memoized so that the surrounding buttons are not rendered again for every pair.
  const menu = useMemo(
    () => (
      <>
        <EditingItem action="split" enabled={isMenuEnabled} onClick={click.split} />
        <EditingItem action="addPair" enabled={isMenuEnabled} onClick={click.addPair} />
        <EditingItem action="acceptItem" enabled={isMenuEnabled} onClick={click.acceptItem} />
        <EditingItem action="rejectItem" enabled={isMenuEnabled} onClick={click.rejectItem} />
      </>
    ),
    [isMenuEnabled, click],
  )
  const notice = useMemo(() => !open && <UnfinishedPair itemId={itemId} onContinue={click.addPair} />, [open, itemId, click])
  return { open: open !== null, form: form(), panel: panel(), menu, notice }

  function form(): ReactNode {
    if (open?.kind === 'own')
      return (
        <PairForm
          key={`own ${itemId}`}
          session={session}
          form="own"
          subjectId={itemId}
          title={t('editing.ownTitle', { item: candidate.itemSourceId })}
          hint={[t('editing.ownHint'), candidate.kind && t('editing.kindLike', { kind: t(`prompt.kinds.${candidate.kind}`) })]
            .filter(Boolean)
            .join(' ')}
          send={t('editing.add')}
          initial={open.initial}
          choice={candidate.conversation === null ? null : t('editing.asTurn')}
          onSend={async ([pair], asTurn) => {
            if (!pair) return
            const seconds = session.secondsOnPair()
            const outcome = await session.takeStep({ name: 'pair.write', input: { itemId, pair, besideId: id, asTurn, seconds } }, false)
            if (!outcome) return
            close()
            session.announce('written')
          }}
          onClose={close}
        />
      )
    if (open?.kind === 'split')
      return (
        <PairForm
          key={`split ${id}`}
          session={session}
          form="split"
          subjectId={id}
          title={t('editing.splitTitle')}
          hint={t('editing.splitHint')}
          send={t('editing.splitBoth')}
          initial={open.initial}
          choice={null}
          onSend={async ([first, second]) => {
            if (!first || !second) return
            editor.cancel()
            const seconds = session.secondsOnPair()
            const outcome = await session.takeStep({ name: 'pair.split', input: { candidateId: id, first, second, seconds } }, true)
            if (!outcome) return
            close()
            session.announce('split')
          }}
          onClose={close}
        />
      )
    return null
  }

  function panel(): ReactNode {
    if (open?.kind === 'accept') return <AcceptItemPanel count={open.count} onAccept={() => void decideItem('accept')} onCancel={close} />
    if (open?.kind === 'reject')
      return (
        <RejectPanel
          title={t('editing.rejectItemTitle', { count: open.count })}
          onReject={(reason) => void decideItem('reject', reason)}
          onCancel={close}
        />
      )
    return null
  }
}

/** Shows that the reviewer has an unfinished pair for the item, with a button to continue. */
function UnfinishedPair({ itemId, onContinue }: { readonly itemId: number; readonly onContinue: () => void }) {
  const { t } = useTranslation()
  const unfinished = useCall('pair.typed', { form: 'own', subjectId: itemId }).data
  if (!unfinished) return null
  return (
    <Text size="xs">
      {t('editing.ownUnfinished')}{' '}
      <Button size="compact-xs" variant="subtle" onClick={onContinue}>
        {t('editing.ownContinue')}
      </Button>
    </Text>
  )
}

interface ItemProps {
  readonly action: 'split' | 'addPair' | 'acceptItem' | 'rejectItem'
  readonly enabled: boolean
  readonly onClick: () => void
}

function EditingItem({ action, enabled, onClick }: ItemProps) {
  const { t } = useTranslation()
  return (
    <Menu.Item
      rightSection={<KeyHint action={action} />}
      aria-keyshortcuts={useKeyShortcuts(action)}
      disabled={!enabled}
      // The click must not change the cursor position in the response.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {t(`editing.${action}`)}
    </Menu.Item>
  )
}
