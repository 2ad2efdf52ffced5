/** Returns the name of an item on one line, which the library shows on two: the name of its first file, then its id. */
export const itemName = (sourceId: string, fileName: string | undefined): string =>
  fileName === undefined || fileName === sourceId ? sourceId : `${fileName} · ${sourceId}`
