import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { countVotes, sumSide, type SideTotals } from '../../../../../shared/comparison'
import type { ComparisonState } from '../../../../../shared/contract'
import { sideNames, type SideName } from '../../../../../shared/domain'
import { formatDollars, formatNumber } from '../../../format'
import { sideTitle } from '../versionTitle'
import classes from './Compare.module.css'

/** Results and costs of both texts over all items, and the votes. */
export function Totals({ comparison }: { readonly comparison: ComparisonState }) {
  const { t } = useTranslation()
  const { items, cost } = comparison
  const totals: Record<SideName, SideTotals> = { first: sumSide(items, 'first'), second: sumSide(items, 'second') }
  const votes = countVotes(items)
  const lengthsOf = ({ instructionLength, responseLength }: SideTotals) => {
    if (instructionLength === null || responseLength === null) return t('compare.none')
    return t('compare.characters', { instruction: instructionLength, response: responseLength })
  }
  const rows: readonly [label: string, valueOf: (side: SideName) => string][] = [
    [t('compare.preferred'), (side) => formatNumber(votes[side])],
    [t('compare.equalVotes'), () => formatNumber(votes.equal)],
    [t('compare.pairs'), (side) => formatNumber(totals[side].pairs)],
    [t('compare.failures'), (side) => formatNumber(totals[side].failures)],
    [t('compare.tokens'), (side) => `${formatNumber(totals[side].promptTokens)} / ${formatNumber(totals[side].completionTokens)}`],
    [t('compare.cost'), (side) => (cost[side] === null ? t('compare.costUnknown') : formatDollars(cost[side]))],
    [t('compare.lengths'), (side) => lengthsOf(totals[side])],
  ]
  return (
    <table className={`${classes.totals} numbers`} aria-label={t('compare.totals')}>
      <thead>
        <tr>
          <th scope="col">
            <VisuallyHidden>{t('compare.measure')}</VisuallyHidden>
          </th>
          {sideNames.map((side) => (
            <th key={side} scope="col" title={sideTitle(t, comparison[side])}>
              {sideTitle(t, comparison[side])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, valueOf]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {sideNames.map((side) => (
              <td key={side}>{valueOf(side)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
