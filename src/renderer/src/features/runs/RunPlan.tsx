import { Anchor, Group, Radio } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../../components/fields/NumberField'
import { formatDollars } from '../../format'
import { useCall } from '../../api/queries'
import { openOverlay } from '../../app/state/shell'
import { useTimeWords } from './timeWords'
import { choices, type Plan } from './useRunPlan'
import classes from './Runs.module.css'

const hostOf = (address: string) => (URL.canParse(address) ? new URL(address).host : address)
const PAUSE_MS = 300

/** Plan of the next run: its items, the provider, and an estimate. Nothing is estimated during a run. */
export function RunPlan({ plan, isActive }: { readonly plan: Plan; readonly isActive: boolean }) {
  const { t } = useTranslation()
  const { choice, first, items, undrafted, calls } = plan
  const provider = useCall('app.settings', {}).data?.provider
  return (
    <section className={classes.plan} aria-label={t('runs.startTitle')}>
      <Radio.Group
        aria-label={t('runs.which')}
        value={choice}
        onChange={(value) => plan.setChoice(choices.find((known) => known === value) ?? 'undrafted')}
      >
        <Group gap="md">
          <Radio size="xs" value="undrafted" label={`${t('runs.whichUndrafted')} (${undrafted})`} />
          <Radio size="xs" value="all" label={`${t('runs.whichAll')} (${items})`} />
          <Group gap="xs" wrap="nowrap">
            <Radio size="xs" value="first" label={t('runs.whichFirst')} />
            {choice === 'first' && (
              <NumberField
                size="xs"
                w="5rem"
                aria-label={t('runs.firstCount')}
                value={Math.min(first, Math.max(1, items))}
                min={1}
                max={Math.max(1, items)}
                onValue={plan.setFirst}
              />
            )}
          </Group>
        </Group>
      </Radio.Group>
      <div className={`${classes.estimate} numbers`}>
        {calls === 0 ? (
          <span>{t('runs.nothingToDo')}</span>
        ) : (
          <>
            <strong>{t('runs.calls', { count: calls })}</strong>
            {!isActive && <Estimate plan={plan} />}
          </>
        )}
        {provider && (
          <span className={classes.provider}>
            {t('runs.by', {
              provider:
                provider.kind === 'demo'
                  ? t('runs.demoProvider')
                  : t('runs.modelProvider', { model: provider.model, host: hostOf(provider.baseUrl) }),
            })}{' '}
            <Anchor component="button" type="button" size="sm" underline="always" onClick={() => openOverlay('settings')}>
              {t('runs.change')}
            </Anchor>
          </span>
        )}
      </div>
    </section>
  )
}

/** Estimate of tokens, price and time; empty if they are unknown or may not be shown. */
function Estimate({ plan: { request } }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const timeWords = useTimeWords()
  const [asked] = useDebouncedValue(JSON.stringify(request), PAUSE_MS)
  const { data } = useCall('run.estimate', JSON.parse(asked) as typeof request, { placeholderData: (before) => before })
  if (!data || data.items === 0) return null
  const { promptTokens, completionTokens, price, milliseconds, taken } = data
  return (
    <>
      <span title={t('runs.estimateHint')}>{t('runs.aboutTokens', { prompt: promptTokens, completion: completionTokens })}</span>
      <span>
        {price === null ? t('runs.priceUnknown') : price === 0 ? t('runs.noCost') : t('runs.aboutPrice', { price: formatDollars(price) })}
      </span>
      <span>{milliseconds === null ? t('runs.timeUnknown') : t('runs.aboutTime', { time: timeWords(milliseconds) })}</span>
      {taken > 0 && <span>{t('runs.takenItems', { count: taken })}</span>}
    </>
  )
}
