import { UnstyledButton } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ComparedItem, ProjectInfo } from '../../../../../shared/domain'
import { Thumbnail } from '../../../components/Thumbnail'
import classes from './Compare.module.css'

interface Props {
  readonly items: readonly ComparedItem[]
  readonly at: number
  readonly project: ProjectInfo
  readonly onChoose: (at: number) => void
}

const scrollTo = (thumb: HTMLElement | null) => thumb?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })

/** The items of a comparison, with an icon for those with a vote and those that failed. */
export function ItemStrip({ items, at, project, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.strip} role="group" aria-label={t('compare.items')}>
      {items.map(({ itemId, sourceId, medium, vote, first, second }, index) => (
        <UnstyledButton
          key={itemId}
          ref={index === at ? scrollTo : null}
          className={classes.thumb}
          aria-current={index === at}
          aria-label={t('compare.item', { position: index + 1, total: items.length, name: sourceId })}
          data-waiting={first === null || second === null}
          onClick={() => onChoose(index)}
        >
          <Thumbnail medium={medium ?? undefined} projectUuid={project.uuid} className={classes.thumbImage} />
          <span className={classes.sign} data-failed={Boolean(first?.error ?? second?.error)}>
            {first?.error || second?.error ? <IconX size={14} aria-hidden /> : vote !== null && <IconCheck size={14} aria-hidden />}
          </span>
        </UnstyledButton>
      ))}
    </div>
  )
}
