import { describe, expect, it } from 'vitest'
import { parseModels } from '../../../../src/main/generation/providers/models/parseModels'
import { modelsUrl } from '../../../../src/main/generation/providers/models/listModels'

const names = (body: unknown) => parseModels(body)?.models.map(({ id, isEmbedding }) => (isEmbedding ? `${id} (vectors)` : id))

describe('a list of models', () => {
  it.each<[string, unknown, string[], string | null]>([
    [
      'OpenAI',
      { object: 'list', data: [{ id: 'gpt-4.1', owned_by: 'openai' }, { id: 'text-embedding-3-small' }] },
      ['gpt-4.1', 'text-embedding-3-small (vectors)'],
      null,
    ],
    [
      'Azure',
      {
        data: [
          { id: 'ada', capabilities: { embeddings: true, chat_completion: false } },
          { id: 'gpt', capabilities: { embeddings: false, chat_completion: true } },
        ],
      },
      ['ada (vectors)', 'gpt'],
      null,
    ],
    [
      'Ollama',
      {
        object: 'list',
        data: [
          { id: 'gemma3:4b', owned_by: 'library' },
          { id: 'nomic-embed-text:latest', owned_by: 'library' },
        ],
      },
      ['gemma3:4b', 'nomic-embed-text:latest (vectors)'],
      'ollama',
    ],
    ['Ollama without models', { object: 'list', data: null }, [], null],
    [
      'Ollama’s own list',
      {
        models: [
          { name: 'llama3.2', model: 'llama3.2:latest', capabilities: ['completion'] },
          { name: 'mxbai', capabilities: ['embedding'] },
        ],
      },
      ['llama3.2', 'mxbai (vectors)'],
      null,
    ],
    [
      'LM Studio',
      { data: [{ id: 'qwen2-vl', object: 'model', owned_by: 'organization_owner' }], object: 'list' },
      ['qwen2-vl'],
      'lmStudio',
    ],
    [
      'LM Studio’s own list',
      {
        data: [
          { id: 'embed-like-name', type: 'vlm' },
          { id: 'plain', type: 'embeddings' },
        ],
      },
      ['embed-like-name', 'plain (vectors)'],
      null,
    ],
    [
      'llama.cpp',
      { models: [{ name: '/m/a.gguf' }], object: 'list', data: [{ id: '/m/a.gguf', owned_by: 'llamacpp', meta: {} }] },
      ['/m/a.gguf'],
      'llamaCpp',
    ],
    [
      'vLLM',
      { object: 'list', data: [{ id: 'Qwen/Qwen2.5-VL-7B', owned_by: 'vllm', max_model_len: 32768 }] },
      ['Qwen/Qwen2.5-VL-7B'],
      'vllm',
    ],
    [
      'Together',
      [
        { id: 'b', type: 'chat' },
        { id: 'a', type: 'embedding' },
      ],
      ['a (vectors)', 'b'],
      null,
    ],
    ['Gemini', { object: 'list', data: [{ id: 'models/gemini-2.5-flash', owned_by: 'google' }] }, ['models/gemini-2.5-flash'], null],
    ['Mistral', { data: [{ id: 'mistral-small', capabilities: { completion_chat: true, vision: true } }] }, ['mistral-small'], null],
    ['plain names', { data: ['one', 'two', 'one', ''] }, ['one', 'two'], null],
    ['an empty list', { object: 'list', data: [] }, [], null],
  ])('of %s is read', (_, body, expected, kind) => {
    expect(names(body)).toEqual(expected)
    expect(parseModels(body)?.kind).toBe(kind)
  })

  it.each([{}, null, 'models', 3, { data: 'x' }, { data: [{ nothing: 1 }] }, { models: [null] }, { data: null }])('is not %o', (body) => {
    expect(parseModels(body)).toBeNull()
  })

  it('is asked for at the base URL, whatever its end', () => {
    expect(modelsUrl('http://h:1/v1')).toBe('http://h:1/v1/models')
    expect(modelsUrl('http://h:1/v1//')).toBe('http://h:1/v1/models')
    expect(modelsUrl('http://h:1')).toBe('http://h:1/models')
    expect(modelsUrl('https://h/openai/v1?api-version=preview')).toBe('https://h/openai/v1/models?api-version=preview')
  })
})
