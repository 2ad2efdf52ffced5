/** A line for each row of the data files: item, media and what each pair came from. */
export const provenanceFile = 'provenance.jsonl'

/** Format, kind and counts, and what was left out. */
export const summaryFile = 'export.json'

export const isSideFile = (name: string): boolean => name === provenanceFile || name === summaryFile
