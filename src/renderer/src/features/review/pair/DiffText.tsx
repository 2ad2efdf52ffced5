import { diffWordsWithSpace } from 'diff'
import { showHidden } from '../../../../../shared/text/hiddenCharacters'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../review.module.css'
import { ShownText } from '../../../components/text/ShownText'

/** Maximum number of characters kept before and after a change in an excerpt. Words are not cut. */
const AROUND = 40
/** Maximum combined length of two texts that are compared for an excerpt. Comparing longer texts would be noticeably slow. */
const LONGEST = 20_000

interface Texts {
  readonly before: string
  readonly after: string
}

/** Shows removed and added words of a text. They are struck through and underlined as well as coloured. */
export const DiffText = memo(function DiffText({ before, after }: Texts) {
  return <Difference before={before} after={after} unchanged={keepAll} />
})

/** Shows one of two texts and marks the parts that the other text does not contain. */
export const DiffSide = memo(function DiffSide({ before, after, side }: Texts & { readonly side: 'before' | 'after' }) {
  return <Difference before={before} after={after} unchanged={keepAll} hides={side === 'before' ? 'added' : 'removed'} />
})

/** Shows the changes between two texts with a few words around them, and omits the rest. */
export const DiffExcerpt = memo(function DiffExcerpt({ before, after }: Texts) {
  return before.length + after.length > LONGEST ? <span>…</span> : <Difference before={before} after={after} unchanged={shorten} />
})

/** Returns the text to show for an unchanged part that lies after a change, before a change, or between two changes. */
type Unchanged = (text: string, afterChange: boolean, beforeChange: boolean) => string

const keepAll: Unchanged = (text) => text

const shorten: Unchanged = (text, afterChange, beforeChange) => {
  const kept = (afterChange ? AROUND : 0) + (beforeChange ? AROUND : 0)
  if (text.length <= kept + 2) return text
  // Chinese and Japanese text, and URLs, count as one word, so they are cut.
  const ahead = text.slice(0, AROUND).replace(/\S+$/, '').trimEnd() || text.slice(0, AROUND)
  const behind = text.slice(-AROUND).replace(/^\S+/, '').trimStart() || text.slice(-AROUND)
  return [afterChange ? ahead : '', beforeChange ? behind : ''].join(' … ')
}

interface DifferenceProps extends Texts {
  readonly unchanged: Unchanged
  readonly hides?: 'added' | 'removed'
}

function Difference({ before, after, unchanged, hides }: DifferenceProps) {
  const { t } = useTranslation()
  const parts = useMemo(() => diffWordsWithSpace(before, after), [before, after])
  return parts.map((part, index) => {
    const key = `${index}${part.value}`
    if (hides && part[hides]) return null
    if (part.added)
      return (
        <ins key={key} className={classes.added} aria-label={`${t('review.added')}: ${showHidden(part.value)}`}>
          <ShownText text={part.value} />
        </ins>
      )
    if (part.removed)
      return (
        <del key={key} className={classes.removed} aria-label={`${t('review.removed')}: ${showHidden(part.value)}`}>
          <ShownText text={part.value} />
        </del>
      )
    return (
      <span key={key}>
        <ShownText text={unchanged(part.value, index > 0, index < parts.length - 1)} />
      </span>
    )
  })
}
