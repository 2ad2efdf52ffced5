import { Problem, type ProblemCode } from '../../shared/problem'
import { mediaPath } from '../media/mediaPath'
import { makeModelPicture, type ModelPicture } from '../media/modelPicture'
import type { Database } from '../store/database'
import { getMedia } from '../store/media'
import { CallFailure } from './callFailure'

/** Makes what a model gets of a picture file; `name` is what people know it as. Throws Problem. */
export type MakePicture = (file: string, name: string) => Promise<ModelPicture>

const pictureProblems = new Set<ProblemCode>(['bad-media', 'not-found', 'read-only'])

/** A picture of the project, read when it is sent. @throws CallFailure media, with the file's name */
export async function readPicture(
  project: { db: Database; directory: string },
  mediaId: number,
  makePicture: MakePicture = makeModelPicture,
): Promise<ModelPicture> {
  const media = getMedia(project.db, mediaId)
  if (!media) throw new CallFailure('media', `The picture ${mediaId} is not in the project.`)
  try {
    return await makePicture(mediaPath(project.directory, media.storedName), media.fileName)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new CallFailure(pictureProblems.has(error.code) ? 'media' : 'unknown', error.message, { cause: error })
  }
}
