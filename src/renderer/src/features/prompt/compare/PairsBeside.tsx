import { Badge, Text, Title } from '@mantine/core'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { message } from '../../../../../shared/messages/message'
import { Problem } from '../../../../../shared/problem'
import type { DraftedPair, TrialReply } from '../../../../../shared/domain'
import { ProblemNotice } from '../../../components/ProblemNotice'
import { ShownText } from '../../../components/text/ShownText'
import { UnusedFields } from '../../../components/text/UnusedFields'
import { compareTexts, type TextPart } from './sideDifference'
import classes from './Compare.module.css'

export interface Side {
  readonly title: string
  readonly reply: TrialReply | null
}

interface Props {
  readonly left: Side
  readonly right: Side
  /** Whether words that occur on one side only are marked. */
  readonly differences: boolean
  readonly isActive: boolean
}

/** The pairs of two replies, each next to the pair at the same position in the other reply. */
export function PairsBeside({ left, right, differences, isActive }: Props) {
  const { t } = useTranslation()
  const rows = Math.max(left.reply?.pairs.length ?? 0, right.reply?.pairs.length ?? 0)
  return (
    <div className={classes.beside} tabIndex={0} role="region" aria-label={t('compare.pairs')}>
      {[left, right].map((side, place) => (
        <div key={place} className={classes.head}>
          <Title order={3}>
            <ShownText text={side.title} />
          </Title>
          <SideState reply={side.reply} isActive={isActive} />
        </div>
      ))}
      {Array.from({ length: rows }, (_, index) => (
        <PairRow key={index} left={left.reply?.pairs[index]} right={right.reply?.pairs[index]} differences={differences} />
      ))}
    </div>
  )
}

function SideState({ reply, isActive }: { readonly reply: TrialReply | null; readonly isActive: boolean }) {
  const { t } = useTranslation()
  if (reply === null)
    return (
      <Text size="sm" c="dimmed" aria-busy={isActive}>
        {t('compare.waiting')}
      </Text>
    )
  if (reply.error)
    return (
      <ProblemNotice
        error={
          new Problem(
            'provider',
            message('common.labelled', { label: t(`runs.errors.${reply.error.code}.title`), text: reply.error.message }),
            message('common.text', { text: t(`runs.errors.${reply.error.code}.remedy`) }),
          )
        }
      />
    )
  return reply.pairs.length === 0 ? <Text c="dimmed">{t('compare.noPairs')}</Text> : <UnusedFields fields={reply.unusedFields} />
}

type OnePair = DraftedPair | undefined

function PairRow({ left, right, differences }: { readonly left: OnePair; readonly right: OnePair; readonly differences: boolean }) {
  const parts = useMemo(() => {
    if (!differences || !left || !right) return null
    return { instruction: compareTexts(left.instruction, right.instruction), response: compareTexts(left.response, right.response) }
  }, [left, right, differences])
  return (
    <>
      <Pair pair={left} instruction={parts?.instruction?.left} response={parts?.response?.left} />
      <Pair pair={right} instruction={parts?.instruction?.right} response={parts?.response?.right} />
    </>
  )
}

interface PairProps {
  readonly pair: OnePair
  readonly instruction: readonly TextPart[] | undefined
  readonly response: readonly TextPart[] | undefined
}

function Pair({ pair, instruction, response }: PairProps) {
  const { t } = useTranslation()
  if (!pair) return <div className={classes.pair} data-missing />
  return (
    <article className={classes.pair}>
      {pair.kind && <Badge color="gray">{t(`prompt.kinds.${pair.kind}`)}</Badge>}
      {pair.conversation !== null && (
        <Badge color="gray">{t('prompt.conversationTurn', { conversation: pair.conversation + 1, turn: (pair.turn ?? 0) + 1 })}</Badge>
      )}
      <Text fw={600} className="verbatim">
        {marked(pair.instruction, instruction)}
      </Text>
      <Text className="verbatim">{marked(pair.response, response)}</Text>
    </article>
  )
}

/** Marks words by an underline as well as a colour, for people who cannot distinguish colours. */
function marked(text: string, parts: readonly TextPart[] | undefined): ReactNode {
  if (!parts) return <ShownText text={text} />
  return parts.map(({ text: part, differs }, index) =>
    differs && part.trim() !== '' ? (
      <mark key={index} className={classes.differs}>
        <ShownText text={part} />
      </mark>
    ) : (
      <ShownText key={index} text={part} />
    ),
  )
}
