import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { countVotes, otherSide } from '../../../../../shared/comparison'
import type { ComparedItem, SideName, Vote } from '../../../../../shared/domain'
import classes from './Compare.module.css'

interface Props {
  readonly items: readonly ComparedItem[]
  /** Vote of the current item. */
  readonly cast: Vote | null
  readonly left: SideName
  readonly isEnabled: boolean
  readonly onVote: (place: 'left' | 'right' | 'equal') => void
}

/** Votes for the better text by key or button; repeating the vote removes it. */
export function VoteBar({ items, cast, left, isEnabled, onVote }: Props) {
  const { t } = useTranslation()
  const { open } = countVotes(items)
  const button = (place: 'left' | 'right' | 'equal', key: string, label: string, vote: Vote) => (
    <Button
      size="xs"
      variant={cast === vote ? 'light' : 'default'}
      disabled={!isEnabled}
      aria-pressed={cast === vote}
      aria-keyshortcuts={key}
      onClick={() => onVote(place)}
    >
      {label}
      <kbd className={classes.key} aria-hidden>
        {key}
      </kbd>
    </Button>
  )
  return (
    <div className={classes.votes} role="group" aria-label={t('compare.vote')}>
      <div className={classes.buttons}>
        {button('left', '1', t('compare.voteLeft'), left)}
        {button('equal', '0', t('compare.voteEqual'), 'equal')}
        {button('right', '2', t('compare.voteRight'), otherSide(left))}
      </div>
      <Text size="xs" c="dimmed" className="numbers" role="status">
        {open === 0 ? t('compare.allVoted') : t('compare.votesOpen', { count: open })}
      </Text>
    </div>
  )
}
