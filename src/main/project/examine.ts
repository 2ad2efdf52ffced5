import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DoctorReport, Media } from '../../shared/domain'
import { Problem, toProblem } from '../../shared/problem'
import { type Message, message, type Text } from '../../shared/messages/message'
import { mediaFolder, mediaPath } from '../media/mediaPath'
import { inspectDatabase } from '../store/recovery/doctor'
import { listChangedSnapshots } from '../store/snapshots/contentHash'
import { listMedia } from '../store/library/media'
import { hasLostLog } from '../store/recovery/openMarks'
import { ownPath } from '../store/sql/ownPath'
import { projectFile, type ReadProject } from './project'

type Finding = DoctorReport['findings'][number]
/** The properties of a project that are examined. */
type Place = Pick<ReadProject, 'db' | 'directory'>

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(fs.createReadStream(file), hash)
  return hash.digest('hex')
}

/** Returns the path of a medium, or a Problem if its name or a link leads out of the media folder, which is not followed. */
function fileOf(project: Place, media: Media): string | Problem {
  try {
    return mediaPath(project.directory, media.storedName)
  } catch (error) {
    return toProblem(error, media.fileName)
  }
}

/** Returns null if the media folder is a link: each medium reports that, and the target does not belong to Exemplar. */
function ownFolder({ directory }: Place): string | null {
  try {
    return ownPath(directory, mediaFolder)
  } catch {
    return null
  }
}

const checks = ['every medium is there and unchanged', 'no file in media/ is without its row'] as const

async function inspectMedia(project: Place): Promise<Finding[]> {
  const folder = ownFolder(project)
  const known = new Set<string>()
  const findings: Finding[] = []
  const find = (found: Message, remedy: Text) => findings.push({ check: checks[0], message: found, remedy })
  let after = 0
  for (let page = listMedia(project.db, 0, 200); page.length > 0; page = listMedia(project.db, after, 200)) {
    for (const media of page) {
      after = media.id
      known.add(media.storedName)
      const remedy = message('doctor.copyAgain', { fileName: media.fileName, path: path.join('media', media.storedName) })
      const file = fileOf(project, media)
      if (file instanceof Problem) find(message('common.labelled', { label: media.fileName, text: file.text }), file.remedyText)
      else if (!fs.existsSync(file))
        find(message('doctor.mediumMissing', { fileName: media.fileName, storedName: media.storedName }), remedy)
      else if ((await sha256Of(file)) !== media.sha256)
        find(message('doctor.mediumChanged', { fileName: media.fileName, storedName: media.storedName }), remedy)
    }
  }
  // `.incoming-*` are copies in progress
  const strays =
    folder !== null && fs.existsSync(folder)
      ? fs.readdirSync(folder).filter((name) => !known.has(name) && !name.startsWith('.incoming-'))
      : []
  if (strays.length > 0)
    findings.push({
      check: checks[1],
      message: message('doctor.strayFiles', { count: strays.length, examples: strays.slice(0, 5).join(', ') }),
      remedy: message('doctor.strayFilesHarmless'),
    })
  return findings
}

const logCheck = 'the log of an unclean end is there'

function inspectLog({ directory }: Place): Finding[] {
  const file = projectFile(directory)
  if (!hasLostLog(file)) return []
  return [{ check: logCheck, message: message('doctor.walMissing', { file: path.basename(file) }), remedy: message('doctor.putWalBack') }]
}

const snapshotCheck = 'every snapshot holds what it was created with'

function inspectSnapshots({ db }: Place): Finding[] {
  const names = listChangedSnapshots(db)
  if (names.length === 0) return []
  return [
    {
      check: snapshotCheck,
      message: message('doctor.snapshotsChanged', { count: names.length, names: names.slice(0, 5).join(', ') }),
      remedy: message('snapshot.createAgain'),
    },
  ]
}

/** Reports an error as a finding: a damaged file may not list its media. */
async function orDamage(check: string, look: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    const { text, remedyText } = toProblem(error, check)
    return [{ check, message: text, remedy: remedyText }]
  }
}

/** Examines a project completely: project file and media. Changes nothing. */
export async function examineProject(project: Place): Promise<DoctorReport> {
  const database = inspectDatabase(project.db)
  const findings = [
    ...inspectLog(project),
    ...database.findings,
    ...(await orDamage(snapshotCheck, () => inspectSnapshots(project))),
    ...(await orDamage(checks[0], () => inspectMedia(project))),
  ]
  return { healthy: findings.length === 0, findings, checks: [logCheck, ...database.checks, snapshotCheck, ...checks] }
}
