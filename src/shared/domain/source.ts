import { z } from 'zod'

/** Where the media of an item come from and what may be done with them, as the imported file says; null where it does not. */
export const itemSourceSchema = z.object({
  license: z.string().nullable(),
  licenseUrl: z.string().nullable(),
  /** where the file was published */
  url: z.string().nullable(),
  /** whom to name */
  credit: z.string().nullable(),
})
export type ItemSource = z.infer<typeof itemSourceSchema>

/** Fields of contexts that say it, the first that is filled in counts. Names are compared without case, `-` and `_`. */
const fields = {
  license: ['license', 'licence', 'licensename', 'rights', 'usagerights'],
  licenseUrl: ['licenseurl', 'licenceurl', 'licenselink'],
  url: ['sourceurl', 'cocourl', 'flickrurl', 'originalurl', 'imageurl', 'videourl', 'url', 'source'],
  credit: ['credit', 'credits', 'attribution', 'copyright', 'photographer', 'author', 'creator'],
} as const satisfies Record<keyof ItemSource, readonly string[]>

const plainName = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '')

const toText = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : typeof value === 'number' ? String(value) : null

/** Returns the source of the media as their context names it; null where it names none. */
export function sourceOf(context: Readonly<Record<string, unknown>>): ItemSource | null {
  const values = new Map<string, string>()
  for (const [name, value] of Object.entries(context)) {
    const text = toText(value)
    if (text !== null) values.set(plainName(name), text)
  }
  if (values.size === 0) return null
  const find = (names: readonly string[]) => names.map((name) => values.get(name)).find((value) => value !== undefined) ?? null
  const source = { license: find(fields.license), licenseUrl: find(fields.licenseUrl), url: find(fields.url), credit: find(fields.credit) }
  return Object.values(source).some((value) => value !== null) ? source : null
}

/** Fields that are about the rights and the origin of the media alone. They are kept, and neither searched nor listed to a model. */
const apart: ReadonlySet<string> = new Set(['license', 'licence', 'licenseurl', 'licenceurl', 'cocourl', 'flickrurl', 'sourceurl'])
export const isSourceField = (name: string): boolean => apart.has(plainName(name))
