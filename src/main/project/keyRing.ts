import { z } from 'zod'
import { defaultProfile } from '../../shared/domain'

/**
 * Keys by the id of their profile, each with the origin of the address that it was given for, so that none is ever sent to another
 * server. An earlier version kept them by origin alone: those are keys of the default profile.
 */
export const keyRingSchema = z.record(z.string(), z.union([z.string(), z.object({ origin: z.string(), key: z.string() })]))
export type KeyRing = Readonly<z.infer<typeof keyRingSchema>>

/** A profile, and the address that it has now. */
export interface KeyPlace {
  readonly profile: string
  readonly baseUrl: string
}

const originOf = (baseUrl: string) => new URL(baseUrl).origin

/** Returns the key that a profile has for its address; undefined where it has none, or one for another server. */
export function findKey(ring: KeyRing, { profile, baseUrl }: KeyPlace): string | undefined {
  const origin = originOf(baseUrl)
  const own = ring[profile]
  if (typeof own === 'object' && own.origin === origin) return own.key
  const earlier = profile === defaultProfile.id ? ring[origin] : undefined
  return typeof earlier === 'string' ? earlier : undefined
}

/** Adds the key of a profile, in place of one that it had. */
export const withKey = (ring: KeyRing, { profile, baseUrl }: KeyPlace, key: string): KeyRing => ({
  ...ring,
  [profile]: { origin: originOf(baseUrl), key },
})

/** Removes the key of a profile. */
export function withoutKey(ring: KeyRing, { profile, baseUrl }: KeyPlace): KeyRing {
  const gone = new Set([profile, ...(profile === defaultProfile.id ? [originOf(baseUrl)] : [])])
  return Object.fromEntries(Object.entries(ring).filter(([name]) => !gone.has(name)))
}
