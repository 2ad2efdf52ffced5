import { eld } from 'eld/extrasmall'
import { undetermined } from '../store/candidates/languages'

/** The language of a text as ISO 639-1 writes it, by its letters' n-grams (eld, 60 languages); `und` where it cannot be told. */
export const detectLanguage = (text: string): string => eld.detect(text).language || undetermined
