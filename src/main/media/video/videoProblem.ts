import { message, type Message } from '../../../shared/messages/message'
import { videoRemedy } from './badVideo'

const withRemedy = (problem: Message): Message => message('common.joined', { first: problem, second: videoRemedy })

/** Why a video that was imported cannot be shown, and what to do, as the project keeps it. */
export const videoProblem = {
  noTrack: message('video.problem.noTrack'),
  unknownCodec: (codec: string) => withRemedy(message('video.problem.unknownCodec', { codec })),
  broken: (codec: string) => withRemedy(message('video.problem.broken', { codec })),
  unreadable: withRemedy(message('video.problem.unreadable')),
  decoderCrashes: withRemedy(message('video.problem.decoderCrashes')),
  tooSlow: (seconds: number) => withRemedy(message('video.problem.tooSlow', { seconds })),
}
