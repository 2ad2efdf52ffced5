import { onProjectLeft } from '../../../app/state/createStore'

/** Images held decoded; enough for the next few items and the last ones. */
const HELD = 24

const held = new Map<string, HTMLImageElement>()
// A copy of a project has its addresses too.
onProjectLeft(() => held.clear())

/** Reads and decodes an image before it is needed, so that it can be painted in the frame in which it is asked for. */
export function preloadImage(address: string) {
  const known = held.get(address)
  held.delete(address)
  const image = known ?? new Image()
  held.set(address, image)
  if (!known) {
    image.src = address
    // One that does not decode says so where it is shown.
    if ('decode' in image) image.decode().catch(() => held.delete(address))
  }
  for (const oldest of held.keys()) {
    if (held.size <= HELD) break
    held.delete(oldest)
  }
}
