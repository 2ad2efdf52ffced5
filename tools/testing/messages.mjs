import fs from 'node:fs'
import path from 'node:path'

/** @typedef {{ readonly [key: string]: string | Texts }} Texts a catalogue: texts by their keys, nested by topic */
/** @typedef {{ language: string, missing: string[], unused: string[] }} Findings keys of one language */

const plural = /_(?:zero|one|two|few|many|other)$/

/** Returns the keys of a catalogue as paths, such as `import.json.comment`. @param {Texts} texts @returns {string[]} */
export const keysOf = (texts, before = '') =>
  Object.entries(texts).flatMap(([key, text]) => (typeof text === 'string' ? [before + key] : keysOf(text, `${before}${key}.`)))

/**
 * Finds the strings of a source that may be keys; a template placeholder matches any part of a key.
 * @param {string} source @returns {RegExp[]}
 */
function findKeyPatterns(source) {
  const found = source.matchAll(/(['"`])([\w$][\w-]*(?:\.[\w-]+|\.?\$\{[^}]*\}[\w-]*)+)\1/g)
  return [...new Set([...found].map(([, , text]) => text))].map((text = '') => {
    const parts = text.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.\-$]/g, '\\$&'))
    return new RegExp(`^${parts.join('[^.]+(?:\\.[\\w-]+)?')}$`)
  })
}

/** Returns the keys that no source uses. @param {readonly string[]} keys @param {readonly string[]} sources @returns {string[]} */
export function findUnusedKeys(keys, sources) {
  const patterns = sources.flatMap(findKeyPatterns)
  const exact = new Set(patterns.map(({ source }) => source.slice(1, -1).replaceAll('\\', '')))
  const open = patterns.filter(({ source }) => source.includes('[^.]+'))
  return keys.filter((key) => {
    const name = key.replace(plural, '')
    return !exact.has(name) && !open.some((pattern) => pattern.test(name))
  })
}

/**
 * Returns the keys that a language lacks: all of English, with each plural form of the language.
 * @param {string} language @param {readonly string[]} keys @param {readonly string[]} english @returns {string[]}
 */
export function findMissingKeys(language, keys, english) {
  const there = new Set(keys)
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const wanted = english.flatMap((key) => {
    const name = key.replace(plural, '')
    return key.endsWith('_other') ? forms.map((form) => `${name}_${form}`) : plural.test(key) ? [] : [key]
  })
  return wanted.filter((key) => !there.has(key))
}

/**
 * Checks each catalogue in src/shared/messages.
 * @param {string} root the project's folder @returns {Promise<Findings[]>}
 */
export async function checkMessages(root) {
  const folder = path.join(root, 'src/shared/messages')
  const languages = fs.readdirSync(folder).flatMap((name) => /^([a-z]{2})\.ts$/.exec(name)?.[1] ?? [])
  const files = fs.globSync('src/**/*.{ts,tsx}', { cwd: root }).filter((file) => !/messages[\\/][a-z]{2}\.ts$/.test(file))
  const sources = files.map((file) => fs.readFileSync(path.join(root, file), 'utf8'))
  /** @param {string} language @returns {Promise<string[]>} */
  const load = async (language) => keysOf((await import(path.join(folder, `${language}.ts`)))[language])
  const english = await load('en')
  const unused = new Set(findUnusedKeys(english, sources))
  return Promise.all(
    languages.map(async (language) => {
      const keys = await load(language)
      const known = new Set(english.map((key) => key.replace(plural, '')))
      const isUnused = (/** @type {string} */ key) => unused.has(key) || !known.has(key.replace(plural, ''))
      return { language, missing: findMissingKeys(language, keys, english), unused: keys.filter(isUnused) }
    }),
  )
}
