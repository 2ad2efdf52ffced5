import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate } from '../../../../../shared/domain'
import { useCall } from '../../../api/queries'
import { useKeyShortcuts } from '../../../app/keys/KeyHint'
import { useActions } from '../../../app/keys/useActions'
import classes from '../editing.module.css'
import review from '../review.module.css'
import type { ReviewSession } from '../session/reviewSession'
import { ShownText } from '../../../components/text/ShownText'

interface Props {
  readonly session: ReviewSession
  readonly candidate: Candidate
  readonly enabled: boolean
}

const ways = { up: -1, down: 1 } as const

/** Lists the turns of the conversation that contains the pair. The current turn can be moved. */
export const TurnList = memo(function TurnList({ session, candidate, enabled }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { id } = candidate
  const turns = useCall('turn.list', { candidateId: id }, { staleTime: 0 }).data ?? []
  const place = turns.findIndex((turn) => turn.id === id)

  const move = async (way: keyof typeof ways) => {
    const outcome = await session.takeStep({ name: 'turn.move', input: { candidateId: id, by: ways[way] } }, false)
    await client.invalidateQueries({ queryKey: ['turn.list'] })
    const moved = outcome?.candidates[0]
    if (outcome && !moved) session.announce('turnAtEnd')
    else if (moved) session.announce('turnMoved', { place: (moved.turn ?? 0) + 1, turns: turns.length })
  }
  useActions({ turnUp: () => void move('up'), turnDown: () => void move('down') }, enabled)
  const keys = { up: useKeyShortcuts('turnUp'), down: useKeyShortcuts('turnDown') }
  const button = (way: keyof typeof ways) => (
    <ActionIcon
      size="sm"
      variant="default"
      aria-label={t(way === 'up' ? 'editing.moveUp' : 'editing.moveDown')}
      aria-keyshortcuts={keys[way]}
      aria-disabled={!enabled || (way === 'up' ? place === 0 : place === turns.length - 1)}
      onClick={() => enabled && void move(way)}
    >
      {way === 'up' ? <IconArrowUp size={14} aria-hidden /> : <IconArrowDown size={14} aria-hidden />}
    </ActionIcon>
  )
  return (
    <>
      <h2 className={review.label}>{t('editing.turns')}</h2>
      <ol className={classes.turns} aria-label={t('editing.turns')}>
        {turns.map((turn) => (
          <li key={turn.id} className={classes.turn} aria-current={turn.id === id || undefined}>
            <button type="button" className={classes.turnText} onClick={() => session.goTo(turn.id)} disabled={turn.id === id}>
              <span className="verbatim">
                <ShownText text={turn.instruction} />
              </span>
              <span className={classes.quiet}>{t(`review.filters.${turn.state}`)}</span>
            </button>
            {turn.id === id && (
              <span className={classes.moves}>
                {button('up')}
                {button('down')}
              </span>
            )}
          </li>
        ))}
      </ol>
    </>
  )
})
