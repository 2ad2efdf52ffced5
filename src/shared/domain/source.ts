import { z } from 'zod'

/** Origin and license of an item's media, as stated in the imported file; null if it does not state them. */
export const itemSourceSchema = z.object({
  license: z.string().nullable(),
  licenseUrl: z.string().nullable(),
  /** where the file was published */
  url: z.string().nullable(),
  /** attribution */
  credit: z.string().nullable(),
})
export type ItemSource = z.infer<typeof itemSourceSchema>

/** Context fields that contain the value; the first non-empty field counts. Names are compared ignoring case, `-` and `_`. */
const fields = {
  license: ['license', 'licence', 'licensename', 'rights', 'usagerights'],
  licenseUrl: ['licenseurl', 'licenceurl', 'licenselink'],
  url: ['sourceurl', 'cocourl', 'flickrurl', 'originalurl', 'imageurl', 'videourl', 'url', 'source'],
  credit: ['credit', 'credits', 'attribution', 'copyright', 'photographer', 'author', 'creator'],
} as const satisfies Record<keyof ItemSource, readonly string[]>

const plainName = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '')

const toText = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : typeof value === 'number' ? String(value) : null

/** Returns the source of the media that their context states; null if it states none. */
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

/** Fields that only concern the rights and the origin of the media. They are kept, but neither searched nor shown to a model. */
const apart: ReadonlySet<string> = new Set(['license', 'licence', 'licenseurl', 'licenceurl', 'cocourl', 'flickrurl', 'sourceurl'])
export const isSourceField = (name: string): boolean => apart.has(plainName(name))
