/** Folder of the sample project in the person's documents. */
export const sampleFolder = 'Exemplar sample.exemplar'

/** Returns true for the sample project: it is nobody's work, so it asks for no name. */
export const isSampleProject = (directory: string): boolean => directory.split(/[\\/]/).at(-1) === sampleFolder
