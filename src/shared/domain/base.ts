import { z } from 'zod'

export const idSchema = z.number().int().positive()

export const maxSeed = 2 ** 31 - 1
/** Makes a random choice repeatable: the same seed gives the same one. */
export const seedSchema = z.number().int().min(0).max(maxSeed)
export const timeSchema = z.number().int().nonnegative()
