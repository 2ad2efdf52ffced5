import { randomUUID } from 'node:crypto'
import { readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { toProblem } from '../../shared/problem'
import { makeCard } from '../exchange/export/card/makeCard'
import { mergeCard } from '../exchange/export/card/mergeCard'
import { createProjectSource, createSnapshotSource } from '../exchange/export/pairSource'
import { writeTextFile } from '../exchange/export/files/atomicDirectory'
import { withSnapshot } from '../store/sql/readOnly'
import { exitCode, type ExitCode, reportMissingRows, resolveIn, type Terminal, withReadProject } from './terminal'

interface CardOptions {
  readonly out?: string
  /** name of a snapshot */
  readonly snapshot?: string
  readonly license?: string
  readonly url?: string
}

/** Prints the card of the approved pairs, or writes it to a file, in which the lead's own lines stay. */
export function cardCommand(terminal: Terminal, given: string, { out, snapshot, license, url }: CardOptions): Promise<ExitCode> {
  return withReadProject(terminal, given, async (project) => {
    const { card, saved } = await withSnapshot(project.db, async (db) => {
      const source = snapshot === undefined ? createProjectSource(db) : createSnapshotSource(db, snapshot)
      const made = await makeCard(project, source, { license: license ?? null, url: url ?? null, signal: terminal.signal })
      return { card: made, saved: source.savedCard }
    })
    if (out === undefined) terminal.out(mergeCard(saved, card).trimEnd())
    else {
      const file = resolveIn(terminal, out)
      await writeWhole(file, mergeCard((await readEarlier(file)) ?? saved, card))
      terminal.out(file)
    }
    return reportMissingRows(terminal, project.db) === exitCode.done ? exitCode.done : exitCode.partFailed
  })
}

async function readEarlier(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    // A card that cannot be read must not be overwritten.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw toProblem(error, file)
  }
}

/** Writes a temporary file and renames it, so that a card is never incomplete. */
async function writeWhole(file: string, text: string): Promise<void> {
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}`)
  try {
    await writeTextFile(part, async (write) => write(text))
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw toProblem(error, file)
  }
}
