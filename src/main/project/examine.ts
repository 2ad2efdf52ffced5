import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DoctorReport, Media } from '../../shared/domain'
import { Problem, toProblem } from '../../shared/problem'
import { type Said, say, tell, type Text, textOf } from '../../shared/say'
import { mediaFolder, mediaPath } from '../media/mediaPath'
import { inspectDatabase } from '../store/recovery/doctor'
import { listMedia } from '../store/library/media'
import { hasLostLog } from '../store/recovery/openMarks'
import { ownPath } from '../store/sql/ownPath'
import { projectFile, type ReadProject } from './project'

type Finding = DoctorReport['findings'][number]

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(fs.createReadStream(file), hash)
  return hash.digest('hex')
}

/** A name or a link that leads out of the media folder is told, and not followed. */
function fileOf(project: ReadProject, media: Media): string | Problem {
  try {
    return mediaPath(project.directory, media.storedName)
  } catch (error) {
    return toProblem(error, media.fileName)
  }
}

/** Null where a link stands in its place: each medium tells so, and what it leads to is not Exemplar's to look at. */
function ownFolder({ directory }: ReadProject): string | null {
  try {
    return ownPath(directory, mediaFolder)
  } catch {
    return null
  }
}

const checks = ['every medium is there and unchanged', 'no file in media/ is without its row'] as const

async function inspectMedia(project: ReadProject): Promise<Finding[]> {
  const folder = ownFolder(project)
  const known = new Set<string>()
  const findings: Finding[] = []
  const find = (message: Said, remedy: Text) => findings.push({ check: checks[0], ...tell({ message, remedy }) })
  let after = 0
  for (let page = listMedia(project.db, 0, 200); page.length > 0; page = listMedia(project.db, after, 200)) {
    for (const media of page) {
      after = media.id
      known.add(media.storedName)
      const remedy = say`Copy ${media.fileName} to ${path.join('media', media.storedName)} again.`
      const file = fileOf(project, media)
      if (file instanceof Problem) find(say`${media.fileName}: ${textOf(file, 'message')}`, textOf(file, 'remedy'))
      else if (!fs.existsSync(file)) find(say`${media.fileName} (${media.storedName}) is missing`, remedy)
      else if ((await sha256Of(file)) !== media.sha256) find(say`${media.fileName} (${media.storedName}) was changed`, remedy)
    }
  }
  // `.incoming-*` are copies under way
  const strays =
    folder !== null && fs.existsSync(folder)
      ? fs.readdirSync(folder).filter((name) => !known.has(name) && !name.startsWith('.incoming-'))
      : []
  if (strays.length > 0)
    findings.push({
      check: checks[1],
      ...tell({
        message: say`${strays.length} files without a row (${strays.slice(0, 5).join(', ')})`,
        remedy: say`They do no harm; delete them, or import their items again.`,
      }),
    })
  return findings
}

const logCheck = 'the log of an unclean end is there'

function inspectLog({ directory }: ReadProject): Finding[] {
  const file = projectFile(directory)
  if (!hasLostLog(file)) return []
  const message = say`${path.basename(file)}-wal is missing; the project was not closed in good order, and its latest changes were in it`
  const remedy = say`Put it back if you have it, or run \`npm run exemplar -- recover <project>\` to choose what to go on with.`
  return [{ check: logCheck, ...tell({ message, remedy }) }]
}

/** A damaged file may not tell its media. */
async function orDamage(look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    const { message, remedy, said } = toProblem(error, checks[0])
    return [{ check: checks[0], message, remedy, said }]
  }
}

/** The whole examination: project file and media. Changes nothing. */
export async function examineProject(project: ReadProject): Promise<DoctorReport> {
  const database = inspectDatabase(project.db)
  const findings = [...inspectLog(project), ...database.findings, ...(await orDamage(() => inspectMedia(project)))]
  return { healthy: findings.length === 0, findings, checks: [logCheck, ...database.checks, ...checks] }
}
