import { Problem } from '../../../shared/problem'
import { message, type Message } from '../../../shared/messages/message'

/** What to do with a video that cannot be decoded. */
export const videoRemedy = message('video.reEncode')

/** A video that cannot be used; `name` is what people know the file as, `reason` begins in lower case and has no full stop. */
export function badVideo(name: string, reason: Message, cause?: unknown): Problem {
  return new Problem('bad-media', message('common.aboutItem', { item: name, reason }), videoRemedy, { item: name, cause })
}
