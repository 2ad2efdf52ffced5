import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { projectCardSchema } from '../../shared/contract'
import { mediaPath } from '../media/mediaPath'
import { statsVisibleTo } from '../quality/reviewerVisibility'
import { findFirstMedium } from '../store/library/media'
import { getQualitySettings } from '../store/quality/qualitySettings'
import { readJsonFile, writeJsonFile } from './jsonFile'
import { projectFile, type ReadProject } from './project'

/** A card with the file of its cover in the project. */
export const describedProjectSchema = z.object({ card: projectCardSchema, coverFile: z.string().nullable() })
export type DescribedProject = z.infer<typeof describedProjectSchema>

const keptSchema = z.object({ path: z.string(), reviewer: z.string(), stamp: z.string(), described: describedProjectSchema }).array()
const keptAtMost = 40
const fileIn = (userData: string) => path.join(userData, 'cards.json')
const read = (userData: string) => readJsonFile(fileIn(userData), keptSchema, [])

/** Returns the folder of the window's thumbnails, each named by the hash of its medium. */
export const imagesFolder = (userData: string) => path.join(userData, 'images')
export const coverPath = (userData: string, sha256: string) => path.join(imagesFolder(userData), `${sha256}.webp`)

/** A closed project is read from a copy; copying a larger one would take too long for a list. */
const maxReadBytes = 64 * 1024 * 1024

/** Returns a value that changes with the project file. */
function stampOf(directory: string): string {
  const file = projectFile(directory)
  return [file, `${file}-wal`]
    .map((part) => fs.statSync(part, { throwIfNoEntry: false }))
    .map((found) => (found ? `${found.size} ${found.mtimeMs}` : '-'))
    .join(' | ')
}

/** Returns the card of an open project for a reviewer. */
export function describeProject({ db, directory, info }: ReadProject, reviewer: string): DescribedProject {
  const { blind } = getQualitySettings(db)
  const { items, candidates, pending } = statsVisibleTo(db, { reviewer, blind })
  const medium = findFirstMedium(db)
  return {
    card: { recipe: info.recipe, items, pairs: candidates, reviewed: candidates - pending, cover: medium?.sha256 ?? null },
    coverFile: medium ? mediaPath(directory, medium.storedName) : null,
  }
}

/** Stores the card of a project for when it is closed. Call it after closing the file, since its stamp describes the current file. */
export function saveCard(userData: string, directory: string, reviewer: string, described: DescribedProject): void {
  const others = read(userData).filter((kept) => kept.path !== directory || kept.reviewer !== reviewer)
  writeJsonFile(fileIn(userData), [{ path: directory, reviewer, stamp: stampOf(directory), described }, ...others].slice(0, keptAtMost))
}

/**
 * Returns the card of a closed project: the stored one, or a new one if the file has changed since.
 * @param describe reads the project without changing it
 * @returns null if the project cannot be read, or is too large to be read for a list
 */
export async function findCard(
  userData: string,
  directory: string,
  reviewer: string,
  describe: () => Promise<DescribedProject>,
): Promise<DescribedProject | null> {
  const kept = read(userData).find((one) => one.path === directory && one.reviewer === reviewer)
  if (kept?.stamp === stampOf(directory)) return kept.described
  const bytes = fs.statSync(projectFile(directory), { throwIfNoEntry: false })?.size
  if (bytes === undefined || bytes > maxReadBytes) return kept?.described ?? null
  try {
    const described = await describe()
    saveCard(userData, directory, reviewer, described)
    return described
  } catch {
    return null // opening it reports why
  }
}

/** Returns true if a thumbnail is the cover of a listed project: no other is shown unless its project is open. */
export const isCover = (userData: string, sha256: string): boolean =>
  read(userData).some(({ described }) => described.card.cover === sha256)
