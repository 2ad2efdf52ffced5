import type { ServerKind, ServerModel } from '../../../../shared/contract'

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

export interface ModelList {
  readonly models: readonly ServerModel[]
  /** Program that the list identifies; null if it identifies no known one. */
  readonly kind: ServerKind | null
}

/**
 * Parses a list of models: OpenAI's `data`, which Azure, LM Studio, vLLM, llama.cpp and Ollama also return, `models` (Ollama's own format,
 * llama.cpp) or a bare list (Together). `data` is null on an Ollama without models.
 * @returns null for JSON that is not a list of models
 */
export function parseModels(body: unknown): ModelList | null {
  const entries = entriesOf(body)
  if (entries === null) return null
  const models = new Map<string, ServerModel>()
  for (const entry of entries) {
    const id = idOf(entry)
    if (id !== null && !models.has(id)) models.set(id, { id, isEmbedding: isEmbedding(id, isFields(entry) ? entry : {}) })
  }
  if (entries.length > 0 && models.size === 0) return null
  const byName = (one: ServerModel, other: ServerModel) => one.id.localeCompare(other.id, 'en', { numeric: true })
  return { models: [...models.values()].toSorted(byName), kind: kindOf(entries) }
}

function entriesOf(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body
  if (!isFields(body)) return null
  for (const key of ['data', 'models']) if (Array.isArray(body[key])) return body[key] as unknown[]
  return body['data'] === null && body['object'] === 'list' ? [] : null
}

/** Returns the id of a model. Azure lists deployments by `id` too; requests use their name. */
function idOf(entry: unknown): string | null {
  if (typeof entry === 'string') return entry.trim() || null
  if (!isFields(entry)) return null
  const named = ['id', 'name', 'model'].map((key) => entry[key]).find((value) => typeof value === 'string' && value.trim() !== '')
  return typeof named === 'string' ? named.trim() : null
}

const embeddingName = /embed|(^|[/_-])(bge|gte|e5|minilm|nomic-bert)([-_.]|$)/i

function isEmbedding(id: string, { type, task, capabilities }: Fields): boolean {
  if (typeof type === 'string' && /^embeddings?$/.test(type)) return true
  if (typeof type === 'string' && /^(llm|vlm|chat)$/.test(type)) return false
  if (typeof task === 'string') return /embed/i.test(task)
  if (isFields(capabilities)) {
    const chats = capabilities['chat_completion'] ?? capabilities['completion_chat']
    if (typeof chats === 'boolean' && typeof capabilities['embeddings'] === 'boolean') return capabilities['embeddings'] && !chats
  }
  if (Array.isArray(capabilities)) return capabilities.some((each) => each === 'embedding') && !capabilities.includes('completion')
  return embeddingName.test(id)
}

const owners: Readonly<Record<string, ServerKind>> = {
  library: 'ollama',
  organization_owner: 'lmStudio',
  llamacpp: 'llamaCpp',
  vllm: 'vllm',
}

function kindOf(entries: readonly unknown[]): ServerKind | null {
  const named = entries.flatMap((entry) => (isFields(entry) && typeof entry['owned_by'] === 'string' ? [entry['owned_by']] : []))
  return named.map((owner) => owners[owner]).find((kind) => kind !== undefined) ?? null
}
