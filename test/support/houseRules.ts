import { builtinModules } from 'node:module'
import path from 'node:path'

/** A rule of CONTRIBUTING.md that can be read off the source. Paths are relative to the project, with forward slashes. */
export interface HouseRule {
  readonly name: string
  readonly appliesTo: (file: string) => boolean
  /** what breaks the rule in this file */
  readonly findIn: (file: string, text: string) => readonly string[]
  /** a file that breaks it, so that the rule itself is seen to work */
  readonly counterExample: readonly [file: string, text: string]
}

const inFolder = (file: string, ...folders: string[]) => folders.some((folder) => file.startsWith(`${folder}/`))
/** Texts for people, in which a window is a word. */
const isCatalogue = (file: string) => /^src\/shared\/messages\/[a-z]{2}\.ts$/.test(file)
const isSource = (file: string) => /^src\/.*\.tsx?$/.test(file)

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')

/** The modules that a file imports, in any of the ways there are. */
function importsOf(text: string): readonly string[] {
  const found = withoutComments(text).matchAll(
    /\bfrom\s*['"]([^'"]+)['"]|\bimport\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

const isNode = (name: string) => name.startsWith('node:') || builtinModules.includes(name)
const isElectron = (name: string) => name === 'electron' || name.startsWith('electron/')
const resolve = (file: string, name: string) => (name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name)
const matchesOf = (text: string, pattern: RegExp) => [...withoutComments(text).matchAll(pattern)].map((match) => match[0])

const sql =
  /\b(?:SELECT\s[\s\S]{0,400}?\sFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(?:TABLE|INDEX|TRIGGER|VIEW)|PRAGMA\s+\w+)\b/g
const globals = /(?<![\w.'"$])(?:document|window|localStorage|process|Buffer)\s*[.[(]/g
const untyped = /(?::|\bas|<|\|)\s*any(?=\s*(?:[;,)>\]=|[{&]|$))|,\s*any\s*>/gm
const leftOvers = new RegExp(`\\b(?:${['TO', 'FIX'].map((start, index) => start + ['DO', 'ME'][index]).join('|')})\\b`, 'g')

/** Words of the first version's private dialect; CONTRIBUTING.md has the terms that stand in their place. */
const dialect =
  /\b(?:(?:most|tell|told)[A-Z]\w*|travel\w*|doubtAll|\w+Guest|forgetHalves|breathe|dwell\w*|haste\w*|\w+ShownTo|film|[a-z]+Film|[a-z]*Picture\w*)\b/g

export const houseRules: readonly HouseRule[] = [
  {
    name: 'names are the terms of the field',
    appliesTo: (file) => isSource(file) && !isCatalogue(file) && !inFolder(file, 'src/main/recipes'),
    findIn: (_, text) => matchesOf(text, dialect),
    counterExample: ['src/main/calls/review.ts', 'const mostPairs = 3'],
  },
  {
    name: 'SQL stands in src/main/store alone',
    appliesTo: (file) => isSource(file) && !inFolder(file, 'src/main/store'),
    findIn: (_, text) => [...matchesOf(text, sql), ...importsOf(text).filter((name) => name === 'better-sqlite3')],
    counterExample: ['src/main/calls/handlers.ts', 'db.prepare(`SELECT id FROM item`)'],
  },
  {
    name: 'SQL that is put together of parts is a fragment: a text for prepare() holds nothing else',
    appliesTo: (file) => isSource(file) && inFolder(file, 'src/main/store'),
    findIn: (_, text) => matchesOf(text, /(?<![.\w])prepare\(\s*db,\s*`[^`]*\$\{/g),
    counterExample: ['src/main/store/candidates/candidates.ts', 'prepare(db, `SELECT id FROM item WHERE id = ${id}`)'],
  },
  {
    name: 'Electron is imported in src/main/electron, src/main/index.ts and src/preload alone',
    appliesTo: (file) => isSource(file) && file !== 'src/main/index.ts' && !inFolder(file, 'src/main/electron', 'src/preload'),
    findIn: (_, text) => importsOf(text).filter(isElectron),
    counterExample: ['src/main/media/probe.ts', "import { app } from 'electron'"],
  },
  {
    name: 'src/shared knows neither Node nor Electron nor the DOM, and no other room',
    appliesTo: (file) => isSource(file) && inFolder(file, 'src/shared'),
    findIn: (file, text) => [
      ...importsOf(text).filter(
        (name) => isNode(name) || isElectron(name) || (name.startsWith('.') && !inFolder(resolve(file, name), 'src/shared')),
      ),
      ...(isCatalogue(file) ? [] : matchesOf(text, globals)),
    ],
    counterExample: ['src/shared/domain/item.ts', "import fs from 'node:fs'"],
  },
  {
    name: 'src/renderer imports itself, src/shared and what runs in a page',
    appliesTo: (file) => isSource(file) && inFolder(file, 'src/renderer'),
    findIn: (file, text) =>
      importsOf(text).filter((name) =>
        name.startsWith('.')
          ? !inFolder(resolve(file, name), 'src/renderer', 'src/shared')
          : isNode(name) || isElectron(name) || ['better-sqlite3', 'sharp', 'openai'].includes(name),
      ),
    counterExample: ['src/renderer/src/main.tsx', "import { decide } from '../../main/store/decisions'"],
  },
  {
    name: 'src/main/media/video/decoder runs in a page: it knows neither Node nor Electron nor sharp',
    appliesTo: (file) => isSource(file) && inFolder(file, 'src/main/media/video/decoder'),
    findIn: (_, text) => importsOf(text).filter((name) => isNode(name) || isElectron(name) || ['better-sqlite3', 'sharp'].includes(name)),
    counterExample: ['src/main/media/video/decoder/openVideo.ts', "import { access } from 'node:fs/promises'"],
  },
  {
    name: 'nothing is typed as any',
    appliesTo: isSource,
    findIn: (_, text) => matchesOf(text, untyped),
    counterExample: ['src/main/calls/handlers.ts', 'const value = JSON.parse(text) as any'],
  },
  {
    name: 'nothing is left over to be done',
    appliesTo: (file) => /\.(?:ts|tsx|mjs|css|html|md|ya?ml)$/.test(file),
    findIn: (_, text) => [...text.matchAll(leftOvers)].map((match) => match[0]),
    counterExample: ['src/main/calls/handlers.ts', `// ${'TO'}DO: later`],
  },
  {
    name: 'no test runs alone',
    appliesTo: (file) => /^test\/.*\.tsx?$/.test(file),
    findIn: (_, text) => matchesOf(text, /\b(?:it|test|describe)\.only\(/g),
    counterExample: ['test/unit/a.test.ts', `it${'.'}only('alone', () => {})`],
  },
]

/**
 * The packages that are loaded together with `entry`: by imports at the top of it and of what it imports, and so on.
 * What is imported only for its types, or only when it is needed, is not among them.
 */
export function packagesLoadedWith(entry: string, files: readonly string[], read: (file: string) => string): ReadonlySet<string> {
  const packages = new Set<string>()
  const seen = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    const found = withoutComments(read(file)).matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]/gm)
    for (const [, name = ''] of found) {
      const target = resolve(file, name)
      const own = name.startsWith('.')
        ? files.find((each) => [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`].includes(each))
        : undefined
      if (own) visit(own)
      else if (!name.startsWith('.')) packages.add(name)
    }
  }
  visit(entry)
  return packages
}
