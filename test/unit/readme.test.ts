import { describe, expect, it } from 'vitest'
import { actions, actionSchema } from '../../src/shared/keymap'
import { listProjectFiles, readProjectFile } from '../support/projectFiles'

const { scripts } = JSON.parse(readProjectFile('package.json')) as { scripts: Record<string, string> }
const files = listProjectFiles()
const readme = readProjectFile('README.md')
const documents = files.filter((file) => /^[^/]+\.md$|^docs\/.*\.md$/.test(file))

/** The project's own commands that a text names: `npm run x`, `npm start`, `npm test`. */
const commandsIn = (text: string) =>
  [...text.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map((match) => match[1] ?? match[2] ?? '')

/** How the README writes a key of the keymap. */
const written = (key: string) =>
  key
    .replace('Mod', 'Ctrl')
    .replace('Escape', 'Esc')
    .replace('ArrowLeft', '←')
    .replace('ArrowRight', '→')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')

describe.each(documents)('%s', (document) => {
  const text = readProjectFile(document)

  it('names only commands that exist', () => {
    expect(commandsIn(text).filter((command) => !(command in scripts))).toEqual([])
  })

  it('links only to files that exist', () => {
    const folder = document.split('/').slice(0, -1)
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)|(?:src|srcset)="([^"]+)"/g)].map((match) => match[1] ?? match[2] ?? '')
    const local = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => new URL(link, `file:///${folder.map((part) => `${part}/`).join('')}`).pathname.slice(1))
    expect(local.filter((link) => !files.some((file) => file === link || file.startsWith(`${link.replace(/\/$/, '')}/`)))).toEqual([])
  })
})

describe("the README's table of keys", () => {
  const rows = readme
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 4 && cells[1]?.includes('<kbd>'))
    .map(([, keys = '', does = '']) => ({ keys: [...keys.matchAll(/<kbd>(.+?)<\/kbd>/g)].map((match) => match[1]), does }))

  it.each(actionSchema.options)('has the keys of “%s” as the keymap has them', (action) => {
    const keys = actions[action].keys.map(written)
    expect(rows.filter((row) => keys.every((key) => row.keys.includes(key)))).toHaveLength(1)
  })

  it('has no keys of its own', () => {
    const known = new Set(actionSchema.options.flatMap((action) => actions[action].keys.map(written)))
    expect(rows.flatMap((row) => row.keys).filter((key) => key && !known.has(key))).toEqual([])
  })

  it('says of each what it does', () => {
    expect(rows.filter((row) => row.does.length === 0)).toEqual([])
  })
})
