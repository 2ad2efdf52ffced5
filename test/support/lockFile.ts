import { z } from 'zod'
import { readProjectFile } from './projectFiles'

const packageSchema = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  link: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
export type LockedPackage = z.infer<typeof packageSchema> & { readonly place: string }

const parseLock = (text: string): LockedPackage[] =>
  Object.entries(z.object({ packages: z.record(z.string(), packageSchema) }).parse(JSON.parse(text)).packages).map(([place, entry]) => ({
    ...entry,
    place,
  }))

/** The packages of a lock file, without the project itself. */
export const lockedPackages = (text = readProjectFile('package-lock.json')): LockedPackage[] =>
  parseLock(text).filter(({ place }) => place !== '')

/** The places where npm looks for a package, from the folder of the one that needs it up to the root. */
function placesOf(from: string, name: string): string[] {
  const up = from.lastIndexOf('/node_modules/')
  const next = up > 0 ? placesOf(from.slice(0, up), name) : from === '' ? [] : [`node_modules/${name}`]
  return [`${from === '' ? '' : `${from}/`}node_modules/${name}`, ...next]
}

/** Names every package of which the lock file does not say which bytes it has, and every optional one (for another system) that it lacks. */
export function findLockFaults(text: string): string[] {
  const packages = new Map(parseLock(text).map((entry) => [entry.place, entry]))
  const faults: string[] = []
  for (const { place, version, integrity, link, optionalDependencies = {} } of packages.values()) {
    if (place !== '' && !link && (!version || !integrity)) faults.push(`${place} has no version and integrity`)
    for (const name of Object.keys(optionalDependencies))
      if (!placesOf(place, name).some((each) => packages.has(each))) faults.push(`${place} lacks ${name}`)
  }
  return faults
}
