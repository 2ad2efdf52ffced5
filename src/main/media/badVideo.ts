import { Problem } from '../../shared/problem'

/** What to do with a video that cannot be decoded. */
export const videoRemedy = 'Re-encode it to an H.264 MP4 file and import that.'

/** A video that cannot be used; `name` is what people know the file as, `reason` begins in lower case and has no full stop. */
export function badVideo(name: string, reason: string, cause?: unknown): Problem {
  return new Problem('bad-media', `${name}: ${reason}.`, videoRemedy, { item: name, cause })
}
