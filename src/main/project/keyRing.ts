import { z } from 'zod'
import { defaultProfile } from '../../shared/domain'

/**
 * Keys by profile id, each with the origin of the address for which it was entered, so that no key is ever sent to another server. An
 * earlier version stored them by origin only: those are keys of the default profile.
 */
export const keyRingSchema = z.record(z.string(), z.union([z.string(), z.object({ origin: z.string(), key: z.string() })]))
export type KeyRing = Readonly<z.infer<typeof keyRingSchema>>

/** A profile and its current address. */
export interface KeyPlace {
  readonly profile: string
  readonly baseUrl: string
}

const originOf = (baseUrl: string) => new URL(baseUrl).origin

/** Returns the key of a profile for its address; undefined if it has none, or one for another server. */
export function findKey(ring: KeyRing, { profile, baseUrl }: KeyPlace): string | undefined {
  const origin = originOf(baseUrl)
  const own = ring[profile]
  if (typeof own === 'object' && own.origin === origin) return own.key
  const earlier = profile === defaultProfile.id ? ring[origin] : undefined
  return typeof earlier === 'string' ? earlier : undefined
}

/** Adds the key of a profile, or replaces it. */
export const withKey = (ring: KeyRing, { profile, baseUrl }: KeyPlace, key: string): KeyRing => ({
  ...ring,
  [profile]: { origin: originOf(baseUrl), key },
})

/** Removes the key of a profile. */
export function withoutKey(ring: KeyRing, { profile, baseUrl }: KeyPlace): KeyRing {
  const gone = new Set([profile, ...(profile === defaultProfile.id ? [originOf(baseUrl)] : [])])
  return Object.fromEntries(Object.entries(ring).filter(([name]) => !gone.has(name)))
}
