/** One measured figure, as `npm run bench` prints it. `ratio` is how it stands to its limit: 1 or more is met. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly limit: number | null
  readonly ratio: number | null
}

const rounded = (value: number) => Number(value.toPrecision(4))

/** Returns the size that a bench runs at: `full` to measure, `smoke` (`npm run bench -- --smoke`) to see in seconds that it still runs. */
export const sizeOf = <T>(full: T, smoke: T): T => (process.env['EXEMPLAR_BENCH_SMOKE'] === '1' ? smoke : full)

/** Prints a figure as one line of JSON. `atLeast` and `atMost` are its limit; without one it is told for comparison only. */
export function report(figure: { name: string; value: number; unit: string; atLeast?: number; atMost?: number }): void {
  const { name, value, unit, atLeast, atMost } = figure
  if (!Number.isFinite(value)) throw new Error(`${name}: nothing was measured`)
  const ratio = atLeast !== undefined ? value / atLeast : atMost !== undefined ? (value <= 0 ? 1 : atMost / value) : null
  const line: Figure = {
    name,
    value: rounded(value),
    unit,
    limit: atLeast ?? atMost ?? null,
    ratio: ratio === null ? null : rounded(ratio),
  }
  console.log(JSON.stringify(line))
}

/** @param share 0.5 for the median, 0.95 for the 95th percentile */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** How long `work` takes, in milliseconds. */
export function milliseconds(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
