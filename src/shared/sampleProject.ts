/** The folder of the sample project, in the person's documents. */
export const sampleFolder = 'Exemplar sample.exemplar'

/** Whether a project is the sample: nobody's work, so that it asks for no name. */
export const isSampleProject = (directory: string): boolean => directory.split(/[\\/]/).at(-1) === sampleFolder
