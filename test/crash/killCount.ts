/** Kills of commands in all of `npm test`, beside those of the window; `npm run test:kills` makes 500 and as many more in proportion. */
const usual = 120

/** How many of the kills a test makes. @param of of 120 */
export const killCount = (of: number): number => Math.round((of * Number(process.env.EXEMPLAR_KILLS ?? usual)) / usual)

/** A repeatable spread of moments. @returns milliseconds */
export const moment = (kill: number, maxMs: number): number => ((kill * 7919) % 97) * (maxMs / 97)
