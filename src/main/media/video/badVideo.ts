import { Problem } from '../../../shared/problem'
import { say, type Said } from '../../../shared/say'

/** What to do with a video that cannot be decoded. */
export const videoRemedy = say`Re-encode it to an H.264 MP4 file and import that.`

/** A video that cannot be used; `name` is what people know the file as, `reason` begins in lower case and has no full stop. */
export function badVideo(name: string, reason: Said, cause?: unknown): Problem {
  return new Problem('bad-media', say`${name}: ${reason}.`, videoRemedy, { item: name, cause })
}
