import path from 'node:path'
import { z } from 'zod'
import { placeSchema, type Place } from '../../shared/place'
import { readJsonFile, writeJsonFile } from './jsonFile'

const fileIn = (userData: string) => path.join(userData, 'places.json')
const storedSchema = z.object({ project: z.string(), reviewer: z.string(), place: placeSchema }).array()
const read = (userData: string) => readJsonFile(fileIn(userData), storedSchema, [])
const keptAtMost = 200

interface Visitor {
  /** the UUID of the project */
  readonly project: string
  readonly reviewer: string
}

const isOf = ({ project, reviewer }: Visitor, kept: Visitor) => kept.project === project && kept.reviewer === reviewer

/** Returns a person's last position in a project on this machine; undefined on the first visit. */
export const readPlace = (userData: string, visitor: Visitor): Place | undefined =>
  read(userData).find((kept) => isOf(visitor, kept))?.place

/** Stores a person's position; only the most recently used positions are kept. */
export function savePlace(userData: string, visitor: Visitor, place: Place): void {
  const others = read(userData).filter((kept) => !isOf(visitor, kept))
  writeJsonFile(fileIn(userData), [{ ...visitor, place }, ...others].slice(0, keptAtMost))
}
