import type { LocalServer, ServerKind } from '../../../../shared/contract'
import { requestModels } from './listModels'

export interface LocalPort {
  readonly kind: ServerKind
  readonly port: number
}

/** Default ports of local model servers. */
const usualPorts: readonly LocalPort[] = [
  { kind: 'ollama', port: 11434 },
  { kind: 'lmStudio', port: 1234 },
  { kind: 'llamaCpp', port: 8080 },
  { kind: 'vllm', port: 8000 },
]

const hosts = ['127.0.0.1', '[::1]']
/** Milliseconds; a server on this computer accepts connections immediately. */
const connectMs = 500
const timeoutMs = 1_500

/**
 * Detects model servers on this computer: checks all ports concurrently, only on the loopback addresses and without a proxy. A program that
 * does not return a list of models is ignored.
 * @returns the servers in the order of the ports; requests have no key, since none was given for them
 */
export async function detectServers(ports: readonly LocalPort[] = usualPorts): Promise<LocalServer[]> {
  const found = await Promise.all(ports.map(findServer))
  return found.filter((server) => server !== null)
}

async function findServer({ kind, port }: LocalPort): Promise<LocalServer | null> {
  for (const host of hosts) {
    const baseUrl = `http://${host}:${port}/v1`
    try {
      const list = await requestModels(baseUrl, null, { timeoutMs, route: { direct: true, connectMs } })
      return { kind: list.kind ?? kind, baseUrl, models: [...list.models] }
    } catch {
      continue
    }
  }
  return null
}

/**
 * Reads the ports from EXEMPLAR_LOCAL_PORTS, such as `ollama=11435,vllm=8001`, or returns the default ports if it is not set. Entries
 * without a known server or a valid port are ignored.
 */
export function localPorts(environment: NodeJS.ProcessEnv = process.env): readonly LocalPort[] {
  const given = environment['EXEMPLAR_LOCAL_PORTS']
  if (given === undefined) return usualPorts
  return given.split(',').flatMap((entry): LocalPort[] => {
    const [name = '', port = ''] = entry.split('=').map((part) => part.trim())
    const known = usualPorts.find(({ kind }) => kind.toLowerCase() === name.toLowerCase())
    return known && /^\d+$/.test(port) && Number(port) > 0 && Number(port) < 65_536 ? [{ kind: known.kind, port: Number(port) }] : []
  })
}
