import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the part of the heap that new objects go to as small as it is now. V8 lets it grow to more than 100 MB where objects come as
 * fast as the rows of a million; they are gone just as fast, and the small one, which fits the processor's cache, is no slower.
 */
export const limitYoungGeneration = (): void => setFlagsFromString('--semi-space-growth-factor=1')
