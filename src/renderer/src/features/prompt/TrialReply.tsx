import { Badge, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PromptTrial } from '../../../../shared/contract'
import type { DraftedPair } from '../../../../shared/domain'
import { Problem } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import { ProblemNotice } from '../../components/ProblemNotice'
import { UnusedFields } from '../../components/text/UnusedFields'
import { Verbatim } from '../../components/text/Verbatim'
import { formatNumber } from '../../format'
import classes from './Prompt.module.css'
import { ShownText } from '../../components/text/ShownText'

/** Result of a trial: an error with its remedy, or the raw reply next to the pairs that were found in it. */
export function TrialReply({ trial }: { readonly trial: PromptTrial }) {
  const { t } = useTranslation()
  const { error, promptTokens, completionTokens } = trial
  return (
    <>
      <Text size="xs" c="dimmed" className="numbers">
        {t('prompt.trialFacts', { model: trial.model, seconds: formatNumber(trial.milliseconds / 1000, 1) })}
        {promptTokens !== null &&
          completionTokens !== null &&
          ` · ${t('prompt.trialTokens', { prompt: promptTokens, completion: completionTokens })}`}
      </Text>
      {error && (
        <ProblemNotice
          error={
            new Problem(
              'provider',
              message('common.labelled', { label: t(`runs.errors.${error.code}.title`), text: error.message }),
              message('common.text', { text: t(`runs.errors.${error.code}.remedy`) }),
            )
          }
        />
      )}
      <div className={classes.sideBySide}>
        <div>
          <Text size="xs" c="dimmed" mb={4}>
            {t('prompt.trialRaw')}
          </Text>
          {trial.reply === null ? (
            <Text c="dimmed">{t('prompt.trialNoReply')}</Text>
          ) : (
            <Verbatim label={t('prompt.trialRaw')} text={trial.reply} />
          )}
        </div>
        <div>
          <Text size="xs" c="dimmed" mb={4}>
            {t('prompt.trialParsed', { count: trial.pairs.length })}
          </Text>
          <ol className={classes.pairs} aria-label={t('prompt.trialParsed', { count: trial.pairs.length })}>
            {trial.pairs.map((pair, index) => (
              <TrialPair key={index} pair={pair} />
            ))}
          </ol>
          <UnusedFields fields={trial.unusedFields} />
        </div>
      </div>
    </>
  )
}

function TrialPair({ pair: { instruction, response, kind, conversation, turn, rationale } }: { readonly pair: DraftedPair }) {
  const { t } = useTranslation()
  return (
    <li>
      {kind && <Badge color="gray">{t(`prompt.kinds.${kind}`)}</Badge>}
      {conversation !== null && (
        <Badge color="gray">{t('prompt.conversationTurn', { conversation: conversation + 1, turn: (turn ?? 0) + 1 })}</Badge>
      )}
      <Text fw={500} className="verbatim">
        <ShownText text={instruction} />
      </Text>
      <Text className="verbatim">
        <ShownText text={response} />
      </Text>
      {rationale && (
        <Text size="xs" c="dimmed" className="verbatim">
          <ShownText text={t('prompt.trialRationale', { text: rationale })} />
        </Text>
      )}
    </li>
  )
}
