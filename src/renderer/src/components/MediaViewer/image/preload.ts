import { onProjectLeft } from '../../../app/state/createStore'

/** Maximum number of decoded images: enough for the next few items and the latest ones. */
const HELD = 24

const held = new Map<string, HTMLImageElement>()
// A copy of a project has the same addresses.
onProjectLeft(() => held.clear())

/** Loads and decodes an image in advance, so that it can be painted in the frame in which it is requested. */
export function preloadImage(address: string) {
  const known = held.get(address)
  held.delete(address)
  const image = known ?? new Image()
  held.set(address, image)
  if (!known) {
    image.src = address
    // A failure to decode is reported where the image is shown.
    if ('decode' in image) image.decode().catch(() => held.delete(address))
  }
  for (const oldest of held.keys()) {
    if (held.size <= HELD) break
    held.delete(oldest)
  }
}
