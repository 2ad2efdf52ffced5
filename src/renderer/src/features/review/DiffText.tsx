import { diffWordsWithSpace } from 'diff'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './review.module.css'

/** Word by word, what was taken out of a text and what was put in. Underlined and struck through as well as coloured. */
export const DiffText = memo(function DiffText({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useTranslation()
  return diffWordsWithSpace(before, after).map((part, index) => {
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
    return <span key={key}>{part.value}</span>
  })
})
