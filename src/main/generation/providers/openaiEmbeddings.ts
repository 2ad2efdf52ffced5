import type OpenAI from 'openai'
import { z } from 'zod'
import { publicAddress } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { CallFailure } from '../run/callFailure'
import { failureOf } from './openaiFailure'
import { withDeadline } from './withDeadline'

/** Models that support shorter vectors; 256 dimensions distinguish contexts well, and ten thousand vectors are compared in milliseconds. */
const shortened = /^text-embedding-3-/
const dimensions = 256

const answerSchema = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) })),
})

interface Asking {
  readonly client: OpenAI
  readonly model: string
  readonly timeoutMs: number
  readonly baseUrl: string
  readonly key: string | null
}

/** Requests embeddings once, from OpenAI or a compatible address. Throws CallFailure, or the signal's reason. */
export async function embedTexts(
  { client, model, timeoutMs, baseUrl, key }: Asking,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array[]> {
  try {
    const answer = await withDeadline(timeoutMs, signal, (deadline) =>
      client.embeddings.create(
        { model, input: [...texts], encoding_format: 'float', ...(shortened.test(model) ? { dimensions } : {}) },
        { signal: deadline },
      ),
    )
    return inOrder(answerSchema.safeParse(answer).data?.data ?? [], texts.length)
  } catch (error) {
    signal.throwIfAborted()
    throw about(model, failureOf(error, `${publicAddress({ baseUrl }).replace(/\/+$/, '')}/embeddings`, key))
  }
}

function inOrder(data: readonly { index: number; embedding: number[] }[], count: number): Float32Array[] {
  const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => Float32Array.from(embedding))
  const length = vectors[0]?.length
  if (vectors.length !== count || vectors.some((vector) => vector.length !== length || !vector.every(Number.isFinite)))
    throw new CallFailure('bad-request', message('provider.noVectors'))
  return vectors
}

/** Adds the name of the embedding model to a failure, since the chat model may fail too. */
const about = (model: string, failure: CallFailure): CallFailure =>
  new CallFailure(failure.code, message('provider.embeddingModel', { model, message: failure.text }), {
    ...failure.details,
    cause: failure,
  })
