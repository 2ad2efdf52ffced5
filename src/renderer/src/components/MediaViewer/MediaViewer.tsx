import { useElementSize, useReducedMotion } from '@mantine/hooks'
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TransformComponent, TransformWrapper, type ReactZoomPanPinchRef } from 'react-zoom-pan-pinch'
import type { Context, Item, Media } from '../../../../shared/domain'
import { useTextScale } from '../../features/comfort/textSize'
import { useActions } from '../../features/keys/useActions'
import { useStable } from '../../state/useStable'
import { AlbumStrip } from './AlbumStrip'
import { ImageFigure } from './ImageFigure'
import classes from './MediaViewer.module.css'
import { MissingMedia } from './MissingMedia'
import { BlinkFigure, DifferenceFigure } from './PairFigure'
import { PairView, type PairViewName } from './PairView'
import { rowLayout, SIDE_BY_SIDE } from './rowLayout'
import { segmentsOf } from './segments'
import { VideoFigure } from './VideoFigure'
import { ZoomButtons } from './ZoomButtons'

const MAX_ZOOM = 20
const ZOOM_STEP = 0.5
/** Ground left around a picture that fits. */
const MARGIN = 12
/** A medium that has not answered by then does not hold the reviewer up any longer. */
const PATIENCE_MS = 4000

export interface MediaViewerProps {
  readonly itemId: number
  readonly media: readonly Media[]
  readonly missing: Item['missing']
  readonly context: Context
  readonly projectUuid: string
  readonly showBoxes: boolean
  readonly onToggleBoxes: () => void
  /** place in the context's boxes of the one to point out */
  readonly highlighted: number | null
  readonly onHighlight: (index: number | null) => void
  /** all media of the item are on the screen, or it is known why not */
  readonly onSettled: (itemId: number) => void
}

/** Height that the buttons of a film take, and those of the track below it, as far as it needs no scrolling. */
const FILM_BUTTONS = 40
const FILM_TRACK = 84
/** Height kept free above and below an album's picture, for its strip. */
const ALBUM_STRIP = 160

const noBoxes: NonNullable<Context['boxes']> = []

const ratioOf = ({ width, height }: Media) => (width && height ? width / height : 4 / 3)

/**
 * The media of an item on a neutral ground: pictures side by side with equal heights (or one by one where they are many), zoomed
 * to the pointer and dragged together, with the annotation's boxes. The zoom stays while the item stays.
 */
export const MediaViewer = memo(function MediaViewer(props: MediaViewerProps) {
  const { itemId, media, missing, context, projectUuid, showBoxes, onToggleBoxes, highlighted, onHighlight, onSettled } = props
  const { t } = useTranslation()
  const boxes = context.boxes ?? noBoxes
  const { ref, width, height } = useElementSize()
  const transform = useRef<ReactZoomPanPinchRef>(null)
  const stillness = useReducedMotion()
  const [chosen, setChosen] = useState({ itemId, place: 0 })
  const [view, setView] = useState<{ readonly itemId: number; readonly name: PairViewName; readonly turn: number }>(() => ({
    itemId,
    name: 'side',
    turn: 0,
  }))
  const [ratios, setRatios] = useState<ReadonlyMap<number, number>>(new Map())
  const settled = useRef({ itemId, media: new Set<number>() })

  const many = media.length > SIDE_BY_SIDE
  const place = chosen.itemId === itemId ? chosen.place : 0
  const shown = useMemo(
    () => media.map((medium, index) => ({ medium, index })).filter(({ index }) => !many || index === place),
    [media, many, place],
  )
  const hasVideo = shown.some(({ medium }) => medium.kind === 'video')
  const segments = useMemo(() => segmentsOf(context, t('review.media.clip')), [context, t])
  const [one, other] = media
  const pair = media.length === 2 && one && other && [one, other].every(({ kind }) => kind === 'image') ? ([one, other] as const) : null
  const pairView = pair && view.itemId === itemId ? view.name : 'side'
  const textScale = useTextScale()
  const taken = many ? ALBUM_STRIP : hasVideo ? textScale * (FILM_BUTTONS + (segments.length > 0 ? FILM_TRACK : 0)) : 0
  const sizes = rowLayout(
    (pairView === 'side' ? shown : shown.slice(0, 1)).map(({ medium }) => ratios.get(medium.id) ?? ratioOf(medium)),
    Math.max(0, width - 2 * MARGIN),
    Math.max(0, height - 2 * MARGIN - taken),
  )
  const placed = useMemo(() => boxes.map((box, index) => ({ ...box, index })), [boxes])

  const settle = useCallback(
    (mediaId: number) => {
      if (settled.current.itemId !== itemId) settled.current = { itemId, media: new Set() }
      settled.current.media.add(mediaId)
      if (shown.every(({ medium }) => settled.current.media.has(medium.id))) onSettled(itemId)
    },
    [itemId, shown, onSettled],
  )
  const setRatio = useCallback(
    (mediaId: number, ratio: number) => setRatios((known) => new Map([...known].slice(-50)).set(mediaId, ratio)),
    [],
  )
  useEffect(() => {
    if (media.length === 0) onSettled(itemId)
    const timer = setTimeout(() => onSettled(itemId), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [itemId, media.length, onSettled])
  useLayoutEffect(() => void transform.current?.resetTransform(0), [itemId])

  const { zoomIn, zoomOut, zoomFit } = useStable({
    zoomIn: () => void transform.current?.zoomIn(ZOOM_STEP, 0),
    zoomOut: () => void transform.current?.zoomOut(ZOOM_STEP, 0),
    zoomFit: () => void transform.current?.resetTransform(0),
  })
  const choosePlace = (index: number) => setChosen({ itemId, place: Math.min(media.length - 1, Math.max(0, index)) })
  // The key of a view leads back from it; in the place of blinking, where nothing may move, it shows the other picture.
  const toggleView = (name: PairViewName) => {
    if (pairView !== name) setView({ itemId, name, turn: 0 })
    else if (name === 'blink' && stillness && view.turn === 0) setView({ ...view, turn: 1 })
    else setView({ itemId, name: 'side', turn: 0 })
  }
  useActions({
    zoomIn,
    zoomOut,
    zoomFit,
    boxes: onToggleBoxes,
    blink: pair ? () => toggleView('blink') : undefined,
    difference: pair ? () => toggleView('difference') : undefined,
    previousMedium: many ? () => choosePlace(place - 1) : undefined,
    nextMedium: many ? () => choosePlace(place + 1) : undefined,
  })

  // Lines and labels of boxes keep their size; a variable of the style sheet spares drawing them again.
  const setZoom = (at: ReactZoomPanPinchRef, { scale }: { readonly scale: number }) =>
    at.instance.wrapperComponent?.style.setProperty('--zoom', String(scale))

  const figures = () =>
    shown.map(({ medium, index }, at) => {
      const size = sizes[at] ?? { width: 0, height: 0 }
      if (medium.kind === 'video')
        return (
          <VideoFigure
            key={`${itemId} ${medium.id}`}
            medium={medium}
            projectUuid={projectUuid}
            size={size}
            segments={segments}
            onSettled={settle}
            onRatio={setRatio}
          />
        )
      return (
        <ImageFigure
          key={`${itemId} ${medium.id}`}
          medium={medium}
          projectUuid={projectUuid}
          size={size}
          boxes={showBoxes ? placed.filter((box) => box.media === index) : []}
          highlighted={highlighted}
          onHighlight={onHighlight}
          onSettled={settle}
          onRatio={setRatio}
        />
      )
    })
  const onePlace = { projectUuid, size: sizes[0] ?? { width: 0, height: 0 } }
  const row = (
    <div className={classes.row}>
      {pair && pairView === 'blink' ? (
        <BlinkFigure {...onePlace} pair={pair} stillness={stillness} turn={view.turn} />
      ) : pair && pairView === 'difference' ? (
        <DifferenceFigure {...onePlace} pair={pair} />
      ) : (
        figures()
      )}
    </div>
  )
  return (
    <section className={classes.viewer} aria-label={t('review.media.label')}>
      <div className={classes.stage} ref={ref}>
        {media.length + missing.length === 0 && <div className={classes.unshown}>{t('review.media.none')}</div>}
        {hasVideo ? (
          row
        ) : (
          <TransformWrapper
            ref={transform}
            minScale={1}
            maxScale={MAX_ZOOM}
            doubleClick={{ mode: 'toggle', step: 1.5, animationTime: 0 }}
            velocityAnimation={{ disabled: stillness }}
            onTransform={setZoom}
          >
            <TransformComponent wrapperClass={classes.fill} contentClass={classes.fill}>
              {row}
            </TransformComponent>
          </TransformWrapper>
        )}
      </div>
      {missing.length > 0 && <MissingMedia missing={missing} />}
      {many && <AlbumStrip media={media} projectUuid={projectUuid} place={place} onChoose={choosePlace} />}
      {pair && <PairView view={pairView} onChange={(name) => setView({ itemId, name, turn: 0 })} />}
      {!hasVideo && media.length > 0 && (
        <ZoomButtons
          onIn={zoomIn}
          onOut={zoomOut}
          onFit={zoomFit}
          boxesShown={boxes.length > 0 ? showBoxes : null}
          onToggleBoxes={onToggleBoxes}
        />
      )}
    </section>
  )
})
