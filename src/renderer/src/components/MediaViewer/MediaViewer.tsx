import { VisuallyHidden } from '@mantine/core'
import { useElementSize, useMergedRef, useReducedMotion } from '@mantine/hooks'
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReactZoomPanPinchRef } from 'react-zoom-pan-pinch'
import type { Context, Item, Media } from '../../../../shared/domain'
import { nextSurround } from '../../../../shared/comfort'
import { useSaveSettings } from '../../features/settings/useSaveSettings'
import { useTextScale } from '../../features/comfort/textSize'
import { useActions, useKeyScope } from '../../app/keys/useActions'
import { useStable } from '../../app/state/useStable'
import { useMediaLinks } from '../text/MediaLinks/MediaLinks'
import { AdjustPanel } from './image/AdjustPanel'
import { adjust, LEVEL_STEP, useAdjustment, type Adjustment } from './image/adjustments'
import { AlbumStrip } from './image/AlbumStrip'
import classes from './MediaViewer.module.css'
import { MediaFigures } from './MediaFigures'
import { MissingMedia } from './MissingMedia'
import { BlinkFigure, DifferenceFigure } from './image/PairFigure'
import { PairView } from './image/PairView'
import { usePairView } from './image/usePairView'
import { rowLayout, SIDE_BY_SIDE } from './video/rowLayout'
import { segmentsOf } from './video/segments'
import { useSettledMedia } from './useSettledMedia'
import { viewerSettings } from './viewerSettings'
import { ZoomButtons } from './image/ZoomButtons'
import { ZoomStage } from './image/ZoomStage'
import { useWheelZoom } from './image/useWheelZoom'

/** Maximum zoom; larger images can be zoomed until each of their pixels covers two screen pixels. */
const MAX_ZOOM = 20
const ZOOM_STEP = 0.5
/** Space around an image at zoom 1, in pixels. */
const MARGIN = 12
export interface MediaViewerProps {
  readonly itemId: number
  /** The id of the item in the imported file. */
  readonly item: string
  readonly media: readonly Media[]
  readonly missing: Item['missing']
  readonly context: Context
  readonly projectUuid: string
  readonly showBoxes: boolean
  readonly onToggleBoxes: () => void
  /** Called when all media of the item are on the screen or have failed. */
  readonly onSettled: (itemId: number) => void
}

/**
 * Heights below a video, in pixels: its bar, one row of the track, and a line of subtitles. Below the height `LOW` there is one row and one
 * line.
 */
const VIDEO_BAR = 60
const TRACK_ROW = 28
const SUBTITLE_LINE = 22
const LOW = 460

/** Ratio of width to height above which the tools are next to the media instead of below. */
const WIDE = 1.3

const noBoxes: NonNullable<Context['boxes']> = []

/** Returns whether the target scrolls by keyboard, and so needs Home and End itself. */
const scrolls = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.tabIndex === 0 && target.scrollHeight > target.clientHeight

const ratioOf = ({ width, height }: Media) => (width && height ? width / height : 4 / 3)

/**
 * Shows the media of an item on a neutral background: images side by side with equal heights (or one at a time if there are many), zoomed
 * around the pointer and dragged together, with the boxes of the annotation. The zoom is reset when the item changes.
 */
export const MediaViewer = memo(function MediaViewer(props: MediaViewerProps) {
  const { itemId, item, media, missing, context, projectUuid, showBoxes, onToggleBoxes, onSettled } = props
  const { t } = useTranslation()
  const boxes = context.boxes ?? noBoxes
  const { ref, width, height } = useElementSize()
  const { ref: viewer, width: wholeWidth, height: wholeHeight } = useElementSize<HTMLElement>()
  const transform = useRef<ReactZoomPanPinchRef>(null)
  const stillness = useReducedMotion()
  const [chosen, setChosen] = useState({ itemId, place: 0 })
  const [ratios, setRatios] = useState<ReadonlyMap<number, number>>(new Map())
  const [said, say] = useState('')
  const { labels: showLabels, isFilling } = viewerSettings.use((settings) => settings)
  const links = useMediaLinks()

  const many = media.length > SIDE_BY_SIDE
  const place = chosen.itemId === itemId ? chosen.place : 0
  const shown = useMemo(
    () => media.map((medium, index) => ({ medium, index })).filter(({ index }) => !many || index === place),
    [media, many, place],
  )
  // In an album each image has its own adjustment; other images of an item share one.
  const adjusting = `${itemId}${many ? ` ${place}` : ''}`
  const adjustment = useAdjustment(adjusting)
  const lying = adjustment.turns % 2 === 1
  const hasVideo = shown.some(({ medium }) => medium.kind === 'video')
  const segments = useMemo(() => segmentsOf(context, t('review.media.clip')), [context, t])
  const [one, other] = media
  const pair = media.length === 2 && one && other && [one, other].every(({ kind }) => kind === 'image') ? ([one, other] as const) : null
  const { name: pairView, turn, setView, toggleView } = usePairView(itemId, pair !== null, stillness)
  const textScale = useTextScale()
  const isLow = height < LOW * textScale
  const lines = isLow ? 1 : 2
  const taken = hasVideo ? textScale * (VIDEO_BAR + (segments.length > 0 ? lines * (TRACK_ROW + SUBTITLE_LINE) + 8 : 0)) : 0
  const sizes = rowLayout(
    (pairView === 'side' ? shown : shown.slice(0, 1)).map(({ medium }) => {
      const ratio = ratios.get(medium.id) ?? ratioOf(medium)
      return lying ? 1 / ratio : ratio
    }),
    Math.max(0, width - 2 * MARGIN),
    Math.max(0, height - 2 * MARGIN - taken),
  )
  const placed = useMemo(
    () => media.map((_, at) => boxes.map((box, index) => ({ ...box, index })).filter((box) => box.media === at)),
    [boxes, media],
  )

  const settle = useSettledMedia(itemId, shown, onSettled)
  const setRatio = useCallback(
    (mediaId: number, ratio: number) => setRatios((known) => new Map([...known].slice(-50)).set(mediaId, ratio)),
    [],
  )
  useLayoutEffect(() => {
    // Skipped without a zoom: resetting measures the element, which forces a layout.
    const { scale = 1, positionX = 0, positionY = 0 } = transform.current?.instance.state ?? {}
    if (scale !== 1 || positionX !== 0 || positionY !== 0) void transform.current?.resetTransform(0)
  }, [itemId])

  const { zoomIn, zoomOut, zoomFit } = useStable({
    zoomIn: () => void transform.current?.zoomIn(ZOOM_STEP, 0),
    zoomOut: () => void transform.current?.zoomOut(ZOOM_STEP, 0),
    zoomFit: () => void transform.current?.resetTransform(0),
  })
  const choosePlace = (index: number) => {
    const to = Math.min(media.length - 1, Math.max(0, index))
    setChosen({ itemId, place: to })
    say(t('media.said.medium', { number: to + 1, total: media.length, name: media[to]?.fileName ?? '' }))
  }
  const change = (part: (now: Adjustment) => Partial<Adjustment>, level?: 'brightness' | 'contrast') => {
    const next = adjust(adjusting, part)
    say(level ? t(`media.said.${level}`, { value: next[level] }) : t('media.said.turned', { degrees: next.turns * 90 }))
  }
  const brighten = (by: number) => change(({ brightness }) => ({ brightness: brightness + by }), 'brightness')
  const sharpen = (by: number) => change(({ contrast }) => ({ contrast: contrast + by }), 'contrast')
  const { rotate, toggleLabels, resetView, changeView } = useStable({
    changeView: (part: Partial<Adjustment>) => void adjust(adjusting, () => part),
    rotate: () => change(({ turns }) => ({ turns: turns + 1 })),
    toggleLabels: () => {
      viewerSettings.set({ labels: !showLabels })
      say(t(showLabels ? 'media.said.labelsHidden' : 'media.said.labelsShown'))
    },
    resetView: () => {
      zoomFit()
      say(t('media.said.reset'))
    },
  })
  const { save } = useSaveSettings()
  const changeSurround = () => save(({ surround }) => ({ surround: nextSurround(surround) }))
  /** Highlights the next or previous box; after the last one, none. */
  const walkBoxes = (by: 1 | -1) => {
    if (!links || boxes.length === 0) return say(t('media.said.noBoxes'))
    const [now = by > 0 ? -1 : boxes.length] = links.pointed()
    const box = boxes[now + by]
    links.point(box ? [now + by] : [])
    if (!box) return say(t('media.said.noBox'))
    if (many && box.media !== place) choosePlace(box.media)
    const count = links.countWords(now + by)
    return say(t('media.said.box', { number: now + by + 1, total: boxes.length, label: box.label, count }))
  }
  useActions({
    zoomIn,
    zoomOut,
    zoomFit,
    rotate,
    darker: () => brighten(-LEVEL_STEP),
    brighter: () => brighten(LEVEL_STEP),
    lessContrast: () => sharpen(-LEVEL_STEP),
    moreContrast: () => sharpen(LEVEL_STEP),
    surround: changeSurround,
    fillWindow: () => viewerSettings.set({ isFilling: !isFilling }),
    boxes: onToggleBoxes,
    labels: toggleLabels,
    previousBox: () => walkBoxes(-1),
    nextBox: () => walkBoxes(1),
    blink: pair ? () => toggleView('blink') : undefined,
    difference: pair ? () => toggleView('difference') : undefined,
    previousMedium: many ? () => choosePlace(place - 1) : undefined,
    nextMedium: many ? () => choosePlace(place + 1) : undefined,
    firstMedium: many ? ({ target }) => (scrolls(target) ? false : choosePlace(0)) : undefined,
    lastMedium: many ? ({ target }) => (scrolls(target) ? false : choosePlace(media.length - 1)) : undefined,
  })

  const leaveFilling = (): void | false => (isFilling ? viewerSettings.set({ isFilling: false }) : false)
  useKeyScope({ level: 'panel', actions: { leaveField: leaveFilling }, isEnabled: isFilling })
  useEffect(() => () => viewerSettings.set({ isFilling: false }), [])

  const turnWheel = useWheelZoom(transform)
  const stage = useMergedRef(ref, turnWheel)
  const maxZoom = Math.max(MAX_ZOOM, ...shown.map(({ medium }, at) => (2 * (medium.width ?? 0)) / Math.max(1, sizes[at]?.width ?? 1)))
  // Memoised, so that the buttons around it do not re-render with every item.
  const panel = useMemo(
    () => <AdjustPanel adjustment={adjustment} onChange={changeView} onRotate={rotate} onReset={resetView} />,
    [adjustment, changeView, rotate, resetView],
  )

  const onePlace = { item, projectUuid, adjustment, size: sizes[0] ?? { width: 0, height: 0 } }
  const row = (
    <div className={classes.row}>
      {pair && pairView === 'blink' ? (
        <BlinkFigure {...onePlace} pair={pair} stillness={stillness} turn={turn} />
      ) : pair && pairView === 'difference' ? (
        <DifferenceFigure {...onePlace} pair={pair} />
      ) : (
        <MediaFigures
          itemId={itemId}
          item={item}
          shown={shown}
          sizes={sizes}
          projectUuid={projectUuid}
          adjustment={adjustment}
          segments={segments}
          panel={panel}
          boxes={placed}
          showBoxes={showBoxes}
          showLabels={showLabels}
          say={say}
          onSettled={settle}
          onRatio={setRatio}
        />
      )}
    </div>
  )
  return (
    <section
      ref={viewer}
      className={classes.viewer}
      data-media-viewer
      aria-label={t('review.media.label')}
      data-tools={hasVideo || media.length === 0 ? undefined : wholeWidth > WIDE * wholeHeight ? 'side' : 'below'}
      data-low={isLow}
      data-filling={isFilling}
      data-above={many ? 'album' : pair ? 'views' : undefined}
    >
      <div className={classes.stage} ref={stage}>
        {media.length + missing.length === 0 && <div className={classes.unshown}>{t('review.media.none')}</div>}
        {hasVideo ? (
          row
        ) : (
          <ZoomStage transform={transform} maxZoom={maxZoom} stillness={stillness}>
            {row}
          </ZoomStage>
        )}
      </div>
      {missing.length > 0 && <MissingMedia item={item} missing={missing} />}
      {many && <AlbumStrip media={media} projectUuid={projectUuid} place={place} onChoose={choosePlace} />}
      {pair && <PairView view={pairView} onChange={setView} />}
      {!hasVideo && media.length > 0 && (
        <ZoomButtons
          onIn={zoomIn}
          onOut={zoomOut}
          onFit={zoomFit}
          onRotate={rotate}
          boxesShown={boxes.length > 0 ? showBoxes : null}
          labelsShown={showLabels}
          onToggleBoxes={onToggleBoxes}
          onToggleLabels={toggleLabels}
          more={panel}
        />
      )}
      <VisuallyHidden aria-live="polite" data-testid="viewer-said">
        {said}
      </VisuallyHidden>
    </section>
  )
})
