import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { createBrotliCompress, createDeflate, createGzip, constants, createZstdCompress, type Gzip } from 'node:zlib'
import { z } from 'zod'
import type { Answering, Misbehave, ModelRequest, RawAnswer } from './modelServer'

/** Answers of servers that are not as they should be, for `script` of `startModelServer`. */

const json = { 'content-type': 'application/json' }

export const answer = (body: unknown, status = 200, headers: Record<string, string> = json): RawAnswer => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

const pairs = JSON.stringify({ pairs: [{ instruction: 'What is it?', response: 'A cat.' }] })

/** A whole answer whose message has these fields beside, or in place of, the usual ones. */
export const message = (fields: object, choice: object = {}): RawAnswer =>
  answer({
    model: 'm',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: pairs, ...fields }, ...choice }],
  })

/** Closes the connection when part of the body is sent, with or without its length told before. */
export const cutBody =
  (toldLength: boolean): Misbehave =>
  (outgoing) => {
    outgoing.writeHead(200, toldLength ? { ...json, 'content-length': '5000' } : json)
    outgoing.write('{"choices": [{"mess', () => outgoing.socket?.destroySoon())
  }

/** Writes for as long as anybody reads. */
function pour(outgoing: ServerResponse, into: NodeJS.WritableStream, piece: Buffer): void {
  const more = () => {
    while (!outgoing.destroyed && into.write(piece));
    if (!outgoing.destroyed) into.once('drain', more)
  }
  more()
}

const compressors = {
  gzip: createGzip,
  deflate: createDeflate,
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  zstd: createZstdCompress,
}
export type Encoding = keyof typeof compressors

/** A body without an end, compressed or not. */
export const endlessBody =
  (encoding?: Encoding, headers: Record<string, string> = json): Misbehave =>
  (outgoing) => {
    outgoing.writeHead(200, { ...headers, ...(encoding ? { 'content-encoding': encoding } : {}) })
    outgoing.write('')
    if (!encoding) return pour(outgoing, outgoing, Buffer.alloc(65_536, ' '))
    const compressor = compressors[encoding]() as Gzip
    outgoing.on('close', () => compressor.destroy())
    compressor.pipe(outgoing)
    pour(outgoing, compressor, Buffer.alloc(1_048_576, ' '))
  }

/** Heads without an end. */
export const endlessHead: Misbehave = (outgoing) => {
  const { socket } = outgoing
  socket?.write('HTTP/1.1 200 OK\r\n')
  if (socket) pour(outgoing, socket, Buffer.from(`x-padding: ${'x'.repeat(1_000)}\r\n`))
}

/** A byte now and then, for ever. */
export const drip: Misbehave = (outgoing) => {
  outgoing.writeHead(200, json)
  const timer = setInterval(() => outgoing.write(' '), 50)
  outgoing.on('close', () => clearInterval(timer))
}

/** Bytes that are no HTTP. */
export const noHttp: Misbehave = (outgoing) => void outgoing.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')

const replySchema = z.array(
  z.object({
    status: z.number().default(200),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.unknown(),
    cut: z.boolean().default(false),
    if: z.enum(['response_format', 'system']).optional(),
  }),
)

/**
 * Replays the replies of a case in `test/fixtures/cases`: the n-th request gets the n-th one, the last is repeated. One with `if` is for
 * requests that have it, else the next is given.
 */
export function replayCase(folder: string): (request: ModelRequest) => Answering {
  const file = path.join(import.meta.dirname, '..', 'fixtures', 'cases', folder, 'reply.json')
  const replies = replySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  let at = 0
  return ({ body }) => {
    let reply = replies[Math.min(at, replies.length - 1)]
    if (reply?.if === undefined) at++
    else {
      const has = reply.if === 'system' ? body.messages.some(({ role }) => role === 'system') : 'response_format' in body
      if (!has) reply = replies[at + 1]
    }
    if (!reply) throw new Error(`${folder} has no reply ${at}`)
    return reply.cut ? cutBody(true) : answer(reply.body, reply.status, { ...json, ...reply.headers })
  }
}
