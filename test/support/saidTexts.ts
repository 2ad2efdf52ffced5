import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import { parseAst } from 'vite'

/** A piece of a parsed file, as far as the texts in it matter. */
interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

function* walk(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) yield* walk(each)
}

/** Each piece of each source file in the folders, with the place of the file. */
export function* walkSource(...folders: readonly string[]): Generator<{ readonly file: string; readonly node: Node }> {
  for (const file of globSync(folders.map((folder) => `${folder}/**/*.{ts,tsx}`))) {
    const program = parseAst(readFileSync(file, 'utf8'), { lang: file.endsWith('x') ? 'tsx' : 'ts' })
    for (const node of walk({ ...program })) yield { file, node }
  }
}

const nameOf = (node: unknown) => (isNode(node) && node.type === 'Identifier' ? node['name'] : undefined)
const nodesIn = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** The id of a template with the tag `say`; null for anything else. */
export function saidIdOf(node: Node): string | null {
  if (node.type !== 'TaggedTemplateExpression' || nameOf(node['tag']) !== 'say' || !isNode(node['quasi'])) return null
  const texts = nodesIn(node['quasi']['quasis']).map(({ value }) => (value as { cooked: string }).cooked)
  return texts.reduce((before, text, index) => `${before}{${index - 1}}${text}`)
}

/** The arguments where something is made by `new` of a class; null for anything else. */
export const argumentsOfNew = (node: Node, className: string): readonly Node[] | null =>
  node.type === 'NewExpression' && nameOf(node['callee']) === className ? nodesIn(node['arguments']) : null
