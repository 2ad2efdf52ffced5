import type { ServerModel } from '../../../../shared/contract'
import type { ProviderSettings } from '../../../../shared/domain'
import { message } from '../../../../shared/messages/message'
import { CallFailure, problemOfCall } from '../../run/callFailure'
import { checkKey } from '../http/checkKey'
import { createFetch, type Route } from '../http/createFetch'
import { failureOf } from '../openaiFailure'
import { withDeadline } from '../withDeadline'
import { parseModels, type ModelList } from './parseModels'

/** Milliseconds; short, since listing models runs no model. */
const patienceMs = 15_000

/**
 * Returns the models of a server (`GET <base URL>/models`).
 * @throws Problem no-key, provider: the same failures as for a request, and one for an answer that is not a list
 */
export async function listModels(server: ServerSettings, apiKey: string | null): Promise<ServerModel[]> {
  try {
    return [...(await readModels(server, apiKey?.trim() || null))]
  } catch (error) {
    throw error instanceof CallFailure ? problemOfCall(error.toCallError()) : error
  }
}

type ServerSettings = Pick<ProviderSettings, 'kind' | 'baseUrl' | 'timeoutMs'>

async function readModels({ kind, baseUrl, timeoutMs }: ServerSettings, key: string | null): Promise<readonly ServerModel[]> {
  switch (kind) {
    case 'demo':
      return []
    case 'openai':
      return (await requestModels(baseUrl, key, { timeoutMs: Math.min(timeoutMs, patienceMs) })).models
  }
}

/** Returns the address of the list; query parameters of the base URL (`?api-version=`) are kept. */
export function modelsUrl(baseUrl: string): string {
  const url = new URL(baseUrl)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/models`
  return url.href
}

/** Requests the list of models. @throws CallFailure, or the signal's reason */
export async function requestModels(
  baseUrl: string,
  key: string | null,
  { timeoutMs, route, signal = new AbortController().signal }: { timeoutMs: number; route?: Route; signal?: AbortSignal },
): Promise<ModelList> {
  if (key !== null) checkKey(key)
  const url = modelsUrl(baseUrl)
  const headers = { accept: 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) }
  const text = await withDeadline(timeoutMs, signal, async (deadline) => {
    try {
      return await (await createFetch(maxListMb, key, route)(url, { headers, signal: deadline })).text()
    } catch (error) {
      deadline.throwIfAborted()
      throw failureOf(error, url, key)
    }
  })
  const list = parseModels(JSON.parse(text))
  if (list === null) throw new CallFailure('wrong-address', message('provider.noModelList', { url }))
  return list
}

const maxListMb = 8
