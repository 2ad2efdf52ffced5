/** An object of JSON. */
export type Keyed = Readonly<Record<string, unknown>>

/** Whether a value of JSON is an object, not a list. */
export const isKeyed = (value: unknown): value is Keyed => typeof value === 'object' && value !== null && !Array.isArray(value)
