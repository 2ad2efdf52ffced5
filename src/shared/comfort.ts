import { z } from 'zod'

/** Display preferences of a person. They are stored with the settings of the app, not with a project. */

/** `contrast`: the light or dark theme that the system prefers, with maximum contrast */
export const themeSchema = z.enum(['auto', 'light', 'dark', 'contrast'])
export type Theme = z.infer<typeof themeSchema>

/** Languages with a complete catalogue. */
export const languages = ['en', 'nl'] as const
export type Language = (typeof languages)[number]
export const languageChoiceSchema = z.enum(['system', ...languages])
export type LanguageChoice = z.infer<typeof languageChoiceSchema>

/** Text size in percent of the default size. */
export const textSize = { least: 80, usual: 100, most: 150, step: 10 } as const
const textSizeSchema = z.number().int().min(textSize.least).max(textSize.most)

/** Background behind media; `mid` is a mid grey, lighter in the light theme. */
export const surroundSchema = z.enum(['light', 'mid', 'dark'])
export type Surround = z.infer<typeof surroundSchema>

/** Returns the next background and starts again after the last one. */
export function nextSurround(surround: Surround): Surround {
  const { options } = surroundSchema
  return options[(options.indexOf(surround) + 1) % options.length] ?? 'mid'
}

/** Resizable panes; each size is in rem, so it scales with the text. */
const paneSchema = z.enum(['libraryInspector', 'reviewSide', 'reviewDetails', 'promptPreview'])
export type Pane = z.infer<typeof paneSchema>
const paneSizesSchema = z.partialRecord(paneSchema, z.number().positive().max(400))

export const comfortSchema = z.object({
  theme: themeSchema,
  language: languageChoiceSchema,
  textSize: textSizeSchema,
  surround: surroundSchema,
  panes: paneSizesSchema,
  /** whether the tour of the window has started once, so that it does not start again by itself */
  tourSeen: z.boolean(),
})
export type Comfort = z.infer<typeof comfortSchema>

export const defaultComfort: Comfort = {
  theme: 'auto',
  language: 'system',
  textSize: textSize.usual,
  surround: 'mid',
  panes: {},
  tourSeen: false,
}

/** Returns the display language for a choice and the languages that the system prefers (BCP 47 tags, best first). Falls back to English. */
export function languageFor(choice: LanguageChoice, preferred: readonly string[]): Language {
  if (choice !== 'system') return choice
  for (const tag of preferred) {
    const known = languages.find((language) => tag.toLowerCase().split('-')[0] === language)
    if (known) return known
  }
  return 'en'
}

/** Returns the locale for dates and numbers, such as en-GB: the system's regional tag for this language if there is one. */
export const localeFor = (language: Language, preferred: readonly string[]): string =>
  preferred.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language

/** Returns the next larger or smaller text size within the limits. */
export function nextTextSize(size: number, steps: 1 | -1): number {
  return Math.min(textSize.most, Math.max(textSize.least, size + steps * textSize.step))
}
