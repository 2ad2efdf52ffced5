import { message, type Message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'

/** Remedy for a video that cannot be decoded. */
const videoRemedy = message('video.reEncode')

/**
 * Creates the Problem for an unusable video; `name` is the file name that users know, `reason` begins in lower case and has no full stop.
 */
export function badVideo(name: string, reason: Message, cause?: unknown): Problem {
  return new Problem('bad-media', message('common.aboutItem', { item: name, reason }), videoRemedy, { item: name, cause })
}

const withRemedy = (problem: Message): Message => message('common.joined', { first: problem, second: videoRemedy })

/** Reasons why an imported video cannot be shown, with a remedy, as stored in the project. */
export const videoProblem = {
  noTrack: message('video.problem.noTrack'),
  unknownCodec: (codec: string) => withRemedy(message('video.problem.unknownCodec', { codec })),
  broken: (codec: string) => withRemedy(message('video.problem.broken', { codec })),
  unreadable: withRemedy(message('video.problem.unreadable')),
  decoderCrashes: withRemedy(message('video.problem.decoderCrashes')),
  tooSlow: (seconds: number) => withRemedy(message('video.problem.tooSlow', { seconds })),
}
