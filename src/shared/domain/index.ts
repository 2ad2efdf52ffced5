/**
 * The domain terms as schemas and types, shared by the window, the store, the command line and the tests. Ids are positive integers
 * assigned by the store, times are milliseconds since 1970 (UTC), boxes are in pixels of the original image.
 */
export * from './base'
export * from './call'
export * from './candidate'
export * from './comparison'
export * from './item'
export * from './project'
export * from './prompt'
export * from './provider'
export * from './report'
export * from './run'
export * from './source'
export * from './trace'
export * from './trainingFormat'
