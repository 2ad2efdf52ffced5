/** File with one line for each row of the data files: item, media and the provenance of each pair. */
export const provenanceFile = 'provenance.jsonl'

/** File with format, kind, counts, and what was left out. */
export const summaryFile = 'export.json'

export const isSideFile = (name: string): boolean => name === provenanceFile || name === summaryFile
