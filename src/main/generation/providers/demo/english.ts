/** Small words of English that the demo generator's sentences are put together with. */

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

export const numberWord = (count: number): string => numbers[count] ?? String(count)

const irregular: ReadonlyMap<string, string> = new Map([
  ['person', 'people'],
  ['man', 'men'],
  ['woman', 'women'],
  ['child', 'children'],
  ['mouse', 'mice'],
  ['knife', 'knives'],
  ['leaf', 'leaves'],
  ['shelf', 'shelves'],
  ['sheep', 'sheep'],
  ['fish', 'fish'],
  ['scissors', 'scissors'],
  ['skis', 'skis'],
])

export function plural(noun: string): string {
  const words = noun.split(' ')
  const last = words.pop() ?? ''
  return [...words, irregular.get(last) ?? regularPlural(last)].join(' ')
}

function regularPlural(word: string): string {
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return `${word}s`
}

export const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`

/** `a cup`, `three coins` */
export const counted = (count: number, noun: string): string => (count === 1 ? withArticle(noun) : `${numberWord(count)} ${plural(noun)}`)

/** `a, b and c` */
export function listed(entries: readonly string[]): string {
  const last = entries.at(-1) ?? ''
  return entries.length < 2 ? last : `${entries.slice(0, -1).join(', ')} and ${last}`
}

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Trimmed, with a capital and a full stop. */
export function asSentence(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/ ([.,!?;])/g, '$1')
    .trim()
  return /[.!?…"”)]$/.test(line) ? capitalized(line) : `${capitalized(line)}.`
}

/** `timeOfDay`, `time_of_day` → `time of day` */
export const spacedWords = (key: string): string =>
  key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\-\s]+/g, ' ')
    .trim()
    .toLowerCase()

export const withoutStop = (sentence: string): string => sentence.trim().replace(/[.!?…]+$/, '')

/** Only the articles and the like lose their capital; other first words may be names. */
export const lowerFirst = (sentence: string): string =>
  sentence.replace(/^(A|An|The|Some|Two|Three|Several|Many|There|It|At|We|One|In|On)\b/, (word) => word.toLowerCase())

/** A sentence as it goes on after a colon. */
export const clause = (sentence: string): string => lowerFirst(withoutStop(sentence))

/** `looks` → `look` */
export function baseForm(verb: string): string {
  if (/(?:ss|x|z|ch|sh|o)es$/.test(verb)) return verb.slice(0, -2)
  if (/[^aeiou]ies$/.test(verb)) return `${verb.slice(0, -3)}y`
  if (verb === 'is') return 'be'
  return verb === 'has' ? 'have' : verb.replace(/([^s])s$/, '$1')
}

/** `look` → `looking`, `move` → `moving`, `cut` → `cutting` */
export function gerund(verb: string): string {
  if (verb.endsWith('ie')) return `${verb.slice(0, -2)}ying`
  if (/[^eoy]e$/.test(verb) && verb !== 'be') return `${verb.slice(0, -1)}ing`
  if (/^[^aeiou]*[aeiou][^aeiouwxy]$/.test(verb)) return `${verb}${verb.at(-1) ?? ''}ing`
  return `${verb}ing`
}
