import { z } from 'zod'

/** How the window is shown to this person: kept with the settings of the app, not with a project. */

/** `contrast`: light or dark as the system has it, with the strongest contrast */
export const themeSchema = z.enum(['auto', 'light', 'dark', 'contrast'])
export type Theme = z.infer<typeof themeSchema>

/** Languages with a complete catalogue. */
export const languages = ['en', 'nl'] as const
export type Language = (typeof languages)[number]
export const languageChoiceSchema = z.enum(['system', ...languages])
export type LanguageChoice = z.infer<typeof languageChoiceSchema>

/** Per cent of the usual size. */
export const textSize = { least: 80, usual: 100, most: 150, step: 10 } as const
const textSizeSchema = z.number().int().min(textSize.least).max(textSize.most)

/** What media lie on; `mid` is a mid grey, lighter in the light theme. */
export const surroundSchema = z.enum(['light', 'mid', 'dark'])
export type Surround = z.infer<typeof surroundSchema>

/** The next surround, round and round. */
export function nextSurround(surround: Surround): Surround {
  const { options } = surroundSchema
  return options[(options.indexOf(surround) + 1) % options.length] ?? 'mid'
}

/** Panes whose edge can be moved; each has a size in rem, along with the text. */
const paneSchema = z.enum(['libraryInspector', 'reviewSide', 'reviewDetails', 'promptPreview'])
export type Pane = z.infer<typeof paneSchema>
const paneSizesSchema = z.partialRecord(paneSchema, z.number().positive().max(400))

export const comfortSchema = z.object({
  theme: themeSchema,
  language: languageChoiceSchema,
  textSize: textSizeSchema,
  surround: surroundSchema,
  panes: paneSizesSchema,
  /** the tour of the window was begun once, so it does not begin by itself again */
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

/** The language that is shown, by what was chosen and by what the system prefers (BCP 47 tags, best first). English where none fits. */
export function languageFor(choice: LanguageChoice, preferred: readonly string[]): Language {
  if (choice !== 'system') return choice
  for (const tag of preferred) {
    const known = languages.find((language) => tag.toLowerCase().split('-')[0] === language)
    if (known) return known
  }
  return 'en'
}

/** The locale for dates and numbers: the region of the system where it has one for this language, such as en-GB. */
export const localeFor = (language: Language, preferred: readonly string[]): string =>
  preferred.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language

/** The next size up or down, within the limits. */
export function nextTextSize(size: number, steps: 1 | -1): number {
  return Math.min(textSize.most, Math.max(textSize.least, size + steps * textSize.step))
}
