import { diffWordsWithSpace } from 'diff'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './review.module.css'

/** Letters that stay before and behind a change. */
const AROUND = 40
/** A longer text is not compared word by word: that would be felt. */
const LONGEST = 20_000

/** What changes between two texts, with a few words around it; the rest is left out. */
export const DiffExcerpt = memo(function DiffExcerpt({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useTranslation()
  const parts = useMemo(() => (before.length + after.length > LONGEST ? [] : diffWordsWithSpace(before, after)), [before, after])
  if (parts.length === 0) return <span>…</span>
  return parts.map((part, index) => {
    const key = `${index}${part.value}`
    if (part.added)
      return (
        <ins key={key} className={classes.added} aria-label={`${t('review.added')}: ${part.value}`}>
          {part.value}
        </ins>
      )
    if (part.removed)
      return (
        <del key={key} className={classes.removed} aria-label={`${t('review.removed')}: ${part.value}`}>
          {part.value}
        </del>
      )
    return <span key={key}>{shorten(part.value, index > 0, index < parts.length - 1)}</span>
  })
})

function shorten(text: string, afterChange: boolean, beforeChange: boolean): string {
  const kept = (afterChange ? AROUND : 0) + (beforeChange ? AROUND : 0)
  if (text.length <= kept + 2) return text
  return `${afterChange ? text.slice(0, AROUND) : ''} … ${beforeChange ? text.slice(-AROUND) : ''}`
}
