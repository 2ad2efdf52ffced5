import path from 'node:path'
import { z } from 'zod'
import { placeSchema, type Place } from '../../shared/place'
import { readJsonFile, writeJsonFile } from './jsonFile'

const fileIn = (userData: string) => path.join(userData, 'places.json')
const storedSchema = z.object({ project: z.string(), reviewer: z.string(), place: placeSchema }).array()
const read = (userData: string) => readJsonFile(fileIn(userData), storedSchema, [])
const keptAtMost = 200

interface Visitor {
  /** the uuid of the project */
  readonly project: string
  readonly reviewer: string
}

const isOf = ({ project, reviewer }: Visitor, kept: Visitor) => kept.project === project && kept.reviewer === reviewer

/** Returns where a person was in a project on this machine when they left it; undefined at the first visit. */
export const readPlace = (userData: string, visitor: Visitor): Place | undefined =>
  read(userData).find((kept) => isOf(visitor, kept))?.place

/** Stores where a person is; the places used last are kept. */
export function savePlace(userData: string, visitor: Visitor, place: Place): void {
  const others = read(userData).filter((kept) => !isOf(visitor, kept))
  writeJsonFile(fileIn(userData), [{ ...visitor, place }, ...others].slice(0, keptAtMost))
}
