/** Time after the last step until the image is repainted at its new size, in milliseconds. */
const REST_MS = 200

/**
 * Follows zooming and dragging: passes the zoom to the boxes at most once per frame. While it changes, the image is a layer that is only
 * scaled; afterwards it is repainted sharply.
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
