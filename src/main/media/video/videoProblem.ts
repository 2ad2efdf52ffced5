import { recall } from '../../../shared/recall'
import { inEnglish, say, type Said, type Text } from '../../../shared/say'
import { videoRemedy } from './badVideo'

/** Why a video that was imported cannot be shown. The project keeps the English text, with the remedy behind it. */
export const videoProblem = {
  noTrack: say`The file has no video track. Replace it by a file that has pictures.`,
  unknownCodec: (codec: string) => say`${codec} video cannot be decoded here.`,
  broken: (codec: string) => say`The ${codec} video does not decode: its file is damaged or cut off.`,
  unreadable: say`The video cannot be read: its file is damaged or cut off.`,
}

/** As the project keeps it. */
export const toStored = (problem: Said) => `${inEnglish(problem)} ${inEnglish(videoRemedy)}`

const ids = [
  videoProblem.noTrack,
  videoProblem.unreadable,
  videoProblem.broken(''),
  videoProblem.unknownCodec(''),
  say`The video brings its decoder down.`,
  say`The video does not decode: nothing came of it in ${''} seconds.`,
].map(({ id }) => id)

/** What a project keeps of a video's problem, without the remedy behind it, and with it. */
export function recallProblem(stored: string): { readonly message: Text; readonly whole: Text } {
  const end = ` ${inEnglish(videoRemedy)}`
  const message = recall(stored.endsWith(end) ? stored.slice(0, -end.length) : stored, ids)
  return { message, whole: stored.endsWith(end) ? say`${message} ${videoRemedy}` : message }
}
