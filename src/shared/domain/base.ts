import { z } from 'zod'

export const idSchema = z.number().int().positive()

export const maxSeed = 2 ** 31 - 1
/** Seed of a repeatable random choice: the same seed gives the same choice. */
export const seedSchema = z.number().int().min(0).max(maxSeed)
export const timeSchema = z.number().int().nonnegative()
