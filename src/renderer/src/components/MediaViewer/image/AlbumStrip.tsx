import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Media } from '../../../../../shared/domain'
import { Thumbnail } from '../../Thumbnail'
import classes from '../MediaViewer.module.css'

interface Props {
  readonly media: readonly Media[]
  readonly projectUuid: string
  readonly place: number
  readonly onChoose: (place: number) => void
}

/** The images of an album in order, with the current one marked. A single tab stop with arrow keys, Home and End. */
export function AlbumStrip({ media, projectUuid, place, onChoose }: Props) {
  const { t } = useTranslation()
  const strip = useRef<HTMLDivElement>(null)
  const last = media.length - 1
  useEffect(() => {
    const current = strip.current?.querySelector<HTMLElement>(`[data-place='${place}']`)
    current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
    if (strip.current?.contains(document.activeElement)) current?.focus()
  }, [place])
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const to = { ArrowLeft: Math.max(0, place - 1), ArrowRight: Math.min(last, place + 1), Home: 0, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    onChoose(to)
  }
  return (
    <div ref={strip} className={classes.album} role="group" aria-label={t('review.media.strip')}>
      {media.map((medium, index) => (
        <button
          // oxlint-disable-next-line react/no-array-index-key -- an album may hold an image twice
          key={index}
          type="button"
          tabIndex={index === place ? 0 : -1}
          className={classes.albumPlace}
          aria-current={index === place}
          aria-label={t('review.media.stripPlace', { number: index + 1, total: media.length, name: medium.fileName })}
          data-place={index}
          onClick={() => onChoose(index)}
          onKeyDown={press}
        >
          <Thumbnail medium={medium} projectUuid={projectUuid} className={classes.albumImage} />
          <span aria-hidden>{index + 1}</span>
        </button>
      ))}
    </div>
  )
}
