import { z } from 'zod'

export const idSchema = z.number().int().positive()
export const timeSchema = z.number().int().nonnegative()
