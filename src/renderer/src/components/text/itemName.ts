/** Returns an item on one line as the library shows it on two: the name of its first file, then its id. */
export const itemName = (sourceId: string, fileName: string | undefined): string =>
  fileName === undefined || fileName === sourceId ? sourceId : `${fileName} · ${sourceId}`
