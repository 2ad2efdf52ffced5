import { Button, Skeleton, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { leftSideOf, otherSide } from '../../../../../shared/comparison'
import type { ComparisonState } from '../../../../../shared/contract'
import type { ProjectInfo, SideName, Vote } from '../../../../../shared/domain'
import { isTextField } from '../../../app/keys/actionFor'
import { useKeyScope } from '../../../app/keys/useActions'
import { useCall, useCallMutation } from '../../../api/queries'
import { ProblemNotice } from '../../../components/ProblemNotice'
import { ShownText } from '../../../components/text/ShownText'
import { useItemName } from '../../../components/text/useItemName'
import { Thumbnail } from '../../../components/Thumbnail'
import { sideTitle } from '../versionTitle'
import { openComparison } from './compareState'
import { ComparisonHeader } from './ComparisonHeader'
import { ItemStrip } from './ItemStrip'
import { PairsBeside } from './PairsBeside'
import { Totals } from './Totals'
import { VoteBar } from './VoteBar'
import classes from './Compare.module.css'

interface Props {
  readonly id: number
  readonly project: ProjectInfo
}

/** A comparison: its items, and for the selected one the pairs of both texts side by side, with a vote. */
export function ComparisonView({ id, project }: Props) {
  const { t } = useTranslation()
  const comparison = useCall('comparison.get', { id }, { staleTime: 0 })
  if (comparison.error)
    return (
      <div className={classes.failed}>
        <Button size="xs" variant="default" onClick={() => openComparison(null)}>
          {t('compare.back')}
        </Button>
        <ProblemNotice error={comparison.error} onRetry={() => void comparison.refetch()} />
      </div>
    )
  if (!comparison.data) return <Skeleton h={240} m="lg" />
  return <Desk comparison={comparison.data} project={project} />
}

function Desk({ comparison, project }: { readonly comparison: ComparisonState; readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const { items } = comparison
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      items.findIndex(({ vote }) => vote === null),
    ),
  )
  const [revealed, setRevealed] = useState(false)
  const [differences, setDifferences] = useState(true)
  const saveVote = useCallMutation('comparison.vote')
  const item = items[Math.min(at, items.length - 1)]
  const move = (by: number) => setAt((now) => Math.min(items.length - 1, Math.max(0, now + by)))
  const left = item ? leftSideOf(comparison, item.itemId) : 'first'
  const voteOf = { left, right: otherSide(left), equal: 'equal' } as const satisfies Record<string, Vote>
  const name = useItemName(item?.itemId, item?.sourceId ?? '')
  const isComplete = item !== undefined && item.first !== null && item.second !== null
  const vote = (place: keyof typeof voteOf) => {
    if (!item || !isComplete) return
    const chosen = voteOf[place]
    saveVote.mutate({ id: comparison.id, itemId: item.itemId, vote: item.vote === chosen ? null : chosen })
  }
  const key = (act: () => void) => (event: KeyboardEvent) => {
    if (isTextField(event.target)) return false
    act()
    return undefined
  }
  useKeyScope({
    level: 'screen',
    fixedKeys: {
      '1': key(() => vote('left')),
      '2': key(() => vote('right')),
      '0': key(() => vote('equal')),
      ArrowLeft: key(() => move(-1)),
      ArrowRight: key(() => move(1)),
      ArrowUp: key(() => move(-1)),
      ArrowDown: key(() => move(1)),
    },
  })
  const namesShown = !comparison.blind || revealed || (item?.vote ?? null) !== null
  const title = (side: SideName, place: 'left' | 'right') =>
    namesShown ? sideTitle(t, comparison[side]) : t('compare.sideHidden', { side: t(`compare.${place}`) })
  const allVoted = items.every(({ vote: cast }) => cast !== null)
  return (
    <div className={classes.desk}>
      <ComparisonHeader comparison={comparison} isRevealed={revealed} onReveal={() => setRevealed(true)} />
      <ItemStrip items={items} at={at} project={project} onChoose={setAt} />
      {item && (
        <div className={classes.stage}>
          <div className={classes.side}>
            <Thumbnail medium={item.medium ?? undefined} projectUuid={project.uuid} className={classes.medium} />
            <Text size="xs" c="dimmed" className="verbatim" role="status">
              <ShownText text={t('compare.item', { position: at + 1, total: items.length, name })} />
            </Text>
            <Switch
              size="xs"
              label={t('compare.differences')}
              checked={differences}
              onChange={(event) => setDifferences(event.currentTarget.checked)}
            />
            {comparison.blind && !revealed && !allVoted ? (
              <Text size="xs" c="dimmed">
                {t('compare.totalsHidden')}
              </Text>
            ) : (
              <Totals comparison={comparison} />
            )}
          </div>
          <PairsBeside
            left={{ title: title(voteOf.left, 'left'), reply: item[voteOf.left] }}
            right={{ title: title(voteOf.right, 'right'), reply: item[voteOf.right] }}
            differences={differences}
            isActive={comparison.active}
          />
        </div>
      )}
      <VoteBar items={items} cast={item?.vote ?? null} left={left} isEnabled={isComplete} onVote={vote} />
    </div>
  )
}
