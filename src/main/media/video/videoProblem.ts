import { recall } from '../../../shared/recall'
import { message, type Message, type Text } from '../../../shared/messages/message'
import { toEnglish } from '../../../shared/messages/translate'
import { videoRemedy } from './badVideo'

/** Why a video that was imported cannot be shown. The project keeps the English text, with the remedy behind it. */
export const videoProblem = {
  noTrack: message('video.problem.noTrack'),
  unknownCodec: (codec: string) => message('video.problem.unknownCodec', { codec }),
  broken: (codec: string) => message('video.problem.broken', { codec }),
  unreadable: message('video.problem.unreadable'),
}

/** As the project keeps it. */
export const toStored = (problem: Message) => `${toEnglish(problem)} ${toEnglish(videoRemedy)}`

const ids = [
  videoProblem.noTrack,
  videoProblem.unreadable,
  videoProblem.broken(''),
  videoProblem.unknownCodec(''),
  message('video.problem.decoderCrashes'),
  message('video.problem.tooSlow', { seconds: '' }),
].map(({ id }) => id)

/** What a project keeps of a video's problem, without the remedy behind it, and with it. */
export function recallProblem(stored: string): { readonly message: Text; readonly whole: Text } {
  const end = ` ${toEnglish(videoRemedy)}`
  const message = recall(stored.endsWith(end) ? stored.slice(0, -end.length) : stored, ids)
  return { message, whole: stored.endsWith(end) ? message('common.joined', { first: message, second: videoRemedy }) : message }
}
