import { Text } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, CandidateOrigin, Decision, UsedExemplar } from '../../../../../shared/domain'
import type { Look } from '../../../../../shared/quality'
import { useCall } from '../../../api/queries'
import { ShownText } from '../../../components/text/ShownText'
import { UnusedFields } from '../../../components/text/UnusedFields'
import classes from '../review.module.css'
import { DiffText } from '../pair/DiffText'
import { reasonWords } from './RejectPanel'

interface Props {
  readonly candidate: Candidate
  readonly exemplars: readonly UsedExemplar[]
  readonly decisions: readonly Decision[]
}

/** Shows the history of a pair: its decisions, the second review, and its origin (item, media and the call that drafted it). */
export const PairTrace = memo(function PairTrace({ candidate, exemplars, decisions }: Props) {
  const { t } = useTranslation()
  const origin = useCall('candidate.origin', { id: candidate.id }).data
  const look = useCall('quality.look', { candidateId: candidate.id, resolving: false }).data
  return (
    <div className={classes.trace}>
      <section aria-label={t('review.trace.decisions')}>
        <h3>{t('review.trace.decisions')}</h3>
        <Decisions decisions={decisions} />
      </section>
      {look && look.verdicts.length > 0 && (
        <section aria-label={t('review.trace.secondReview')}>
          <h3>{t('review.trace.secondReview')}</h3>
          <SecondReview look={look} />
        </section>
      )}
      <section aria-label={t('review.trace.origin')}>
        <h3>{t('review.trace.origin')}</h3>
        {origin && <Origin candidate={candidate} origin={origin} exemplars={exemplars.length} />}
      </section>
    </div>
  )
})

function useTime() {
  const { i18n } = useTranslation()
  return (milliseconds: number) => new Date(milliseconds).toLocaleString(i18n.language)
}

/** Lists all decisions on the pair with their changes, newest first. */
function Decisions({ decisions }: { readonly decisions: readonly Decision[] }) {
  const { t } = useTranslation()
  const timeOf = useTime()
  if (decisions.length === 0) return <Text size="sm">{t('review.noHistory')}</Text>
  return (
    <ul className={classes.values}>
      {decisions.toReversed().map((decision) => (
        <li key={decision.id} className="verbatim">
          <ShownText
            text={[
              decision.kind === 'decide' ? '' : t(`review.decisionKind.${decision.kind}`),
              decision.moved && decision.change === null && decision.before === decision.after
                ? t('editing.movedTo', { place: decision.moved.to + 1 })
                : t(`review.decision.${decision.verdict}`),
              reasonWords(decision.reason, t),
              decision.reviewer,
              timeOf(decision.decidedAt),
              decision.seconds === null ? '' : t('review.seconds', { count: Math.round(decision.seconds) }),
              decision.guidelineVersion ? t('guidelines.decidedUnder', { version: decision.guidelineVersion }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          />
          {decision.change && <Change {...decision.change} />}
        </li>
      ))}
    </ul>
  )
}

/** Shows the texts that an edit changed. */
function Change({ before, after }: NonNullable<Decision['change']>) {
  return (['instruction', 'response'] as const).map(
    (part) =>
      before[part] !== after[part] && (
        <p key={part} className={`${classes.exemplarText} verbatim`} dir="auto">
          <DiffText before={before[part]} after={after[part]} />
        </p>
      ),
  )
}

function SecondReview({ look }: { readonly look: Look }) {
  const { t } = useTranslation()
  const timeOf = useTime()
  return (
    <ul className={classes.values}>
      {look.verdicts.map(({ reviewer, state, reason, decidedAt }, place) => (
        <li key={`${place} ${decidedAt}`} className="verbatim">
          <ShownText
            text={[
              t(place === 0 ? 'quality.look.first' : 'quality.look.second'),
              t(`common.states.${state}`),
              reasonWords(reason, t),
              reviewer,
              timeOf(decidedAt),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        </li>
      ))}
    </ul>
  )
}

interface OriginProps {
  readonly candidate: Candidate
  readonly origin: CandidateOrigin
  readonly exemplars: number
}

function Origin({ candidate, origin: { media, source, call }, exemplars }: OriginProps) {
  const { t } = useTranslation()
  const timeOf = useTime()
  return (
    <dl className={classes.origin}>
      <Fact name={t('review.trace.item')}>{candidate.itemSourceId}</Fact>
      {media.map(({ fileName, sha256 }, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a medium is its place in the item
        <Fact key={place} name={t('review.trace.media')} note={`SHA-256 ${sha256}`}>
          {fileName}
        </Fact>
      ))}
      {source?.license && <Fact name={t('review.trace.license')}>{source.license}</Fact>}
      {source?.licenseUrl && <Fact name={t('review.trace.licenseUrl')}>{source.licenseUrl}</Fact>}
      {source?.url && <Fact name={t('review.trace.source')}>{source.url}</Fact>}
      {source?.credit && <Fact name={t('review.trace.credit')}>{source.credit}</Fact>}
      {candidate.author !== null && <Fact name={t('review.trace.author')}>{candidate.author}</Fact>}
      {call && (
        <>
          <Fact name={t('review.trace.model')} note={call.provider === 'demo' ? null : call.server}>
            {call.provider === 'demo' ? t('review.trace.demo') : call.model}
          </Fact>
          {call.promptVersion && (
            <Fact name={t('review.trace.prompt')}>{[call.promptVersion.id, call.promptVersion.name].filter(Boolean).join(' · ')}</Fact>
          )}
          <Fact name={t('review.trace.run')}>{[call.runId, timeOf(call.calledAt)].join(' · ')}</Fact>
          <Fact name={t('review.trace.exemplars')}>{String(exemplars)}</Fact>
          <Reply call={call} />
        </>
      )}
    </dl>
  )
}

function Fact({ name, note = null, children }: { readonly name: string; readonly note?: string | null; readonly children: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="verbatim">
        <ShownText text={children} />
        {note && (
          <span className={classes.note}>
            <ShownText text={note} />
          </span>
        )}
      </dd>
    </>
  )
}

/** Shows the reply as collapsed plain text. Links in it are not followed, and code in it is not run. */
function Reply({ call }: { readonly call: NonNullable<CandidateOrigin['call']> }): ReactNode {
  const { t } = useTranslation()
  return (
    <>
      <dt>{t('review.trace.reply')}</dt>
      <dd>
        {call.reply === null ? (
          t('review.trace.replyHidden')
        ) : (
          <details>
            <summary>{t('review.trace.showReply')}</summary>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a place that scrolls must be reached by key */}
            <pre className={`${classes.reply} verbatim`} tabIndex={0} data-scrolls aria-label={t('review.trace.reply')}>
              <ShownText text={call.reply} />
            </pre>
          </details>
        )}
        <UnusedFields fields={call.unusedFields} />
        {call.replyHash !== null && <span className={classes.note}>{`SHA-256 ${call.replyHash}`}</span>}
      </dd>
    </>
  )
}
