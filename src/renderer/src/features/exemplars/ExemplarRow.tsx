import { Badge, Button, Group } from '@mantine/core'
import { IconPin, IconPinFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Exemplar } from '../../../../shared/contract'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import { CommitField } from '../../components/fields/CommitField'
import { Thumbnail } from '../../components/Thumbnail'
import { formatShare } from '../../format'
import { useCall, useCallMutation } from '../../api/queries'
import { MoveButtons } from './MoveButtons'
import classes from './Exemplars.module.css'
import { itemName } from '../../components/text/itemName'
import { ShownText } from '../../components/text/ShownText'

/** Position of a pinned exemplar among the pinned ones, and how to move it. */
export interface Place {
  readonly index: number
  readonly count: number
  readonly movedBy: -1 | 1 | null
  readonly onMove: (by: -1 | 1) => void
}

interface Props {
  readonly exemplar: Exemplar
  readonly projectUuid: string
  /** Null if the exemplar is not pinned. */
  readonly place: Place | null
}

const ways: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowDown: 1 }

/** An exemplar: its item, its pair, the verdicts on drafts whose prompt contained it, and the pin. */
export function ExemplarRow({ exemplar, projectUuid, place }: Props) {
  const { t } = useTranslation()
  const { candidate, used, accepted, decided } = exemplar
  const medium = useCall('item.get', { id: candidate.itemId }).data?.media[0]
  const pin = useCallMutation('exemplar.pin')
  const item = candidate.itemSourceId
  return (
    <li className={classes.exemplar}>
      <Thumbnail medium={medium} projectUuid={projectUuid} className={classes.thumbnail} />
      <div className={classes.pair}>
        <div className={`${classes.instruction} verbatim`} title={showHidden(candidate.instruction)}>
          <ShownText text={candidate.instruction} />
        </div>
        <div className={`${classes.response} verbatim`} title={showHidden(candidate.response)}>
          <ShownText text={candidate.response} />
        </div>
        <div className={`${classes.facts} numbers`}>
          <span className="verbatim" title={t('exemplars.item', { item })}>
            <ShownText text={itemName(item, medium?.fileName)} />
          </span>
          {candidate.author !== null && <Badge color="gray">{t('editing.writtenBy', { author: candidate.author })}</Badge>}
          {candidate.provider === 'demo' && <Badge color="gray">{t('common.demo')}</Badge>}
          <span>
            {used === 0 ? t('exemplars.notUsed') : `${t('exemplars.used', { count: used })}; `}
            {used > 0 &&
              (decided === 0
                ? t('exemplars.undecided')
                : t('exemplars.fared', { accepted, decided, share: formatShare(accepted / decided) }))}
          </span>
        </div>
        {candidate.pinned && (
          <div className={classes.reason}>
            <CommitField
              label={t('exemplars.reasonLabel')}
              placeholder={t('exemplars.reasonPlaceholder')}
              maxLength={300}
              value={candidate.pinnedReason ?? ''}
              check={() => null}
              onCommit={(reason) => pin.mutate({ candidateId: candidate.id, pinned: true, reason: reason || null })}
            />
          </div>
        )}
      </div>
      <Group
        gap="xs"
        wrap="nowrap"
        onKeyDown={(event) => {
          const way = ways[event.key]
          if (!place || !way || !event.altKey || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          place.onMove(way)
        }}
      >
        <Button
          size="xs"
          variant={candidate.pinned ? 'light' : 'default'}
          leftSection={candidate.pinned ? <IconPinFilled size={16} aria-hidden /> : <IconPin size={16} aria-hidden />}
          aria-label={candidate.pinned ? t('exemplars.unpinLabel', { item }) : t('exemplars.pinLabel', { item })}
          loading={pin.isPending}
          onClick={() => pin.mutate({ candidateId: candidate.id, pinned: !candidate.pinned })}
        >
          {candidate.pinned ? t('exemplars.unpin') : t('exemplars.pin')}
        </Button>
        {place && (
          <MoveButtons
            item={item}
            first={place.index === 0}
            last={place.index === place.count - 1}
            movedBy={place.movedBy}
            onMove={place.onMove}
          />
        )}
      </Group>
    </li>
  )
}
