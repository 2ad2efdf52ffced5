import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { formatShare } from '../../format'
import classes from './ColdStart.module.css'

const LATEST = 12
const BAR = 20
const STEP = 36
const HEIGHT = 64

/**
 * Chart of the latest prompt versions: the share of their decided drafts that were accepted unedited, compared with the share that the rule
 * requires.
 */
export function AcceptanceChart({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  const { share: needed } = state.coldStart.rule
  const bars = state.byVersion
    .map(({ promptVersionId, accepted, edited, rejected }) => ({ id: promptVersionId, accepted, decided: accepted + edited + rejected }))
    .filter(({ decided }) => decided > 0)
    .toSorted((a, b) => a.id - b.id)
    .slice(-LATEST)
    .map((bar) => ({ ...bar, share: bar.accepted / bar.decided }))
  const words = bars.map(({ share, ...bar }) => t('coldStart.chartBar', { ...bar, share: formatShare(share) }))
  const width = Math.max(4, bars.length) * STEP
  const needs = t('coldStart.chartNeeded', { share: formatShare(needed) })
  return (
    <figure className={classes.chart}>
      <Text component="figcaption" size="xs" c="dimmed">
        {t('coldStart.chartTitle')}
      </Text>
      {bars.length === 0 ? (
        <Text size="xs" c="dimmed">
          {t('coldStart.chartEmpty')}
        </Text>
      ) : (
        <svg
          viewBox={`0 -16 ${width + 76} ${HEIGHT + 34}`}
          width={width + 76}
          height={HEIGHT + 34}
          role="img"
          aria-label={`${t('coldStart.chartTitle')}. ${words.join(' ')} ${needs}.`}
        >
          <path className={classes.axis} d={`M0 ${HEIGHT}H${width}`} />
          {bars.map(({ id, share }, index) => (
            <g key={id} transform={`translate(${index * STEP + (STEP - BAR) / 2} 0)`}>
              <rect
                className={classes.bar}
                data-holds={share >= needed}
                width={BAR}
                height={HEIGHT}
                style={{ transform: `translateY(${HEIGHT}px) scaleY(${-Math.max(share, 0.02)})` }}
              />
              <text x={BAR / 2} y={HEIGHT * (1 - share) - 4} textAnchor="middle">
                {formatShare(share)}
              </text>
              <text x={BAR / 2} y={HEIGHT + 14} textAnchor="middle">
                {id}
              </text>
            </g>
          ))}
          <path className={classes.needed} d={`M0 ${HEIGHT * (1 - needed)}H${width}`} />
          <text x={width + 4} y={HEIGHT * (1 - needed) + 4}>
            {needs}
          </text>
        </svg>
      )}
    </figure>
  )
}
