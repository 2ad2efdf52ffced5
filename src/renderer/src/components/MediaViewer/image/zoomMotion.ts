/** Milliseconds after the last step until an image is drawn anew in its size. */
const REST_MS = 200

/**
 * Follows zooming and dragging: once a frame, however often the wheel turns, it tells the boxes the zoom; meanwhile the image is a
 * layer that is only scaled, and after it is drawn sharp.
 */
export function createZoomMotion() {
  let last = ''
  let frame = 0
  let rest: ReturnType<typeof setTimeout> | undefined
  return (stage: HTMLElement, { scale, positionX, positionY }: Record<'scale' | 'positionX' | 'positionY', number>) => {
    const place = `${scale} ${positionX} ${positionY}`
    if (place === last) return
    last = place
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => stage.style.setProperty('--zoom', String(scale)))
    stage.dataset.moving = 'true'
    clearTimeout(rest)
    rest = setTimeout(() => delete stage.dataset.moving, REST_MS)
  }
}
