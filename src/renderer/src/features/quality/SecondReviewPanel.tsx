import { Text } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Look, LookQueue, LookVerdict } from '../../../../shared/quality'
import { useCall } from '../../api/queries'
import { shell } from '../../app/state/shell'
import { DiffText } from '../review/pair/DiffText'
import { reasonWords } from '../review/panels/RejectPanel'
import { VerdictMark } from '../review/pair/VerdictMark'
import classes from './quality.module.css'
import { ShownText } from '../../components/text/ShownText'

/** The verdict of another reviewer, as far as it may be seen: next to a second review, and both verdicts of a disagreement. */
export const SecondReviewPanel = memo(function SecondReviewPanel({ candidateId }: { readonly candidateId: number }) {
  const queue = shell.use((state) => state.reviewFilter.look)
  const counts = useCall('quality.counts', {}).data
  const isAsked = queue !== undefined || (counts !== undefined && counts.second + counts.disagreements > 0)
  const look = useCall('quality.look', { candidateId, resolving: queue === 'disagreement' }, { enabled: isAsked, staleTime: 0 }).data
  return look && <Verdicts look={look} queue={queue} />
})

function Verdicts({ look: { state, verdicts }, queue }: { readonly look: Look; readonly queue: LookQueue | undefined }) {
  const { t } = useTranslation()
  const [first, second] = verdicts
  const words = state === 'waiting' && verdicts.length === 0 ? 'blind' : state
  return (
    <section className={classes.look} aria-label={t('quality.look.title')}>
      <Text size="sm">
        {t(`quality.look.${words}`)} {state === 'disagreement' && queue === 'disagreement' && t('quality.look.resolveHint')}
      </Text>
      {first && (
        <ul className={classes.verdicts}>
          <Verdict name={t('quality.look.first')} verdict={first} other={second ?? first} />
          {second && <Verdict name={t('quality.look.second')} verdict={second} other={first} />}
        </ul>
      )}
    </section>
  )
}

function Verdict({ name, verdict, other }: { readonly name: string; readonly verdict: LookVerdict; readonly other: LookVerdict }) {
  const { t, i18n } = useTranslation()
  const { state, reason, reviewer, decidedAt } = verdict
  return (
    <li>
      <div className={classes.verdictHead}>
        <Text size="sm" fw={600} component="span" className="verbatim">
          <ShownText text={[name, reviewer].filter(Boolean).join(' · ')} />
        </Text>
        <VerdictMark state={state} />
        <Text size="xs" c="dimmed" component="span" className="verbatim">
          <ShownText text={[reasonWords(reason, t), new Date(decidedAt).toLocaleDateString(i18n.language)].filter(Boolean).join(' · ')} />
        </Text>
      </div>
      {(['instruction', 'response'] as const).map((part) => (
        <p key={part} className={`${classes.text} verbatim`}>
          {verdict === other ? verdict[part] : <DiffText before={other[part]} after={verdict[part]} />}
        </p>
      ))}
    </li>
  )
}
