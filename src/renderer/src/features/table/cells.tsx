import { IconFlagFilled, IconPinFilled } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import type { TableRow } from '../../../../shared/table'
import { itemName } from '../../components/text/itemName'
import { Highlighted } from '../../components/text/Highlighted'
import { formatDate, formatNumber } from '../../format'
import { reasonWords } from '../review/panels/RejectPanel'
import { isPinned } from '../review/session/verdict'
import { VerdictMark } from '../review/pair/VerdictMark'
import type { SortColumn } from '../../../../shared/table'
import { languageName } from './languageName'
import { ShownText } from '../../components/text/ShownText'

/** Returns the content of a table cell. */
export function cellOf(column: SortColumn, { candidate, ...marks }: TableRow, t: TFunction): ReactNode {
  switch (column) {
    case 'state':
      return <VerdictMark state={candidate.state} />
    case 'instruction':
    case 'response':
      return <Highlighted text={candidate[column]} />
    case 'item':
      return (
        <>
          {marks.medium && (
            <>
              <ShownText text={marks.medium.fileName} />
              <br />
            </>
          )}
          <ShownText text={candidate.itemSourceId} />
        </>
      )
    case 'kind':
      return candidate.kind && t(`prompt.kinds.${candidate.kind}`)
    case 'run':
      return candidate.runId
    case 'prompt':
      return candidate.promptVersionId
    case 'reviewer':
      return marks.reviewer && <ShownText text={marks.reviewer} />
    case 'decidedAt':
      return marks.decidedAt === null ? null : formatDate(marks.decidedAt)
    case 'reasons':
      return <ShownText text={reasonWords(candidate.reason, t)} />
    case 'flag':
      return (
        marks.flaggedBy.length > 0 && (
          <IconFlagFilled size={14} role="img" aria-label={t('table.flaggedBy', { names: marks.flaggedBy.join(', ') })} />
        )
      )
    case 'tags':
      return <ShownText text={marks.tags.join(', ')} />
    case 'comments':
      return <Highlighted text={marks.comments.join(' · ')} />
    case 'language':
      return marks.language && languageName(marks.language, t)
    case 'rating':
      return marks.rating === null ? null : formatNumber(marks.rating, 1)
    case 'exemplar':
      return isPinned(candidate) && <IconPinFilled size={14} role="img" aria-label={t('table.pinned')} />
    default:
      // Without this check a missing column would compile, because React renders nothing for undefined.
      return column satisfies never
  }
}

/** Returns the full text of a cell, which the cell may truncate; undefined for columns with short content. */
export function cellTitle(column: SortColumn, { candidate, ...marks }: TableRow, t: TFunction): string | undefined {
  switch (column) {
    case 'instruction':
    case 'response':
      return candidate[column]
    case 'item':
      return itemName(candidate.itemSourceId, marks.medium?.fileName)
    case 'reviewer':
      return marks.reviewer ?? undefined
    case 'reasons':
      return reasonWords(candidate.reason, t)
    case 'tags':
      return marks.tags.join(', ')
    case 'comments':
      return marks.comments.join('\n')
    case 'state':
    case 'kind':
    case 'run':
    case 'prompt':
    case 'decidedAt':
    case 'flag':
    case 'language':
    case 'rating':
    case 'exemplar':
      return undefined
    default:
      return column satisfies never
  }
}
