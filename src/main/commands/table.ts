/** Lines of a table of texts, its columns below each other. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** `2026-03-01 17:20:05`, in UTC; a dash for none. @param time ms since 1970 */
export const describeTime = (time: number | null | undefined): string =>
  time === null || time === undefined ? '–' : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
