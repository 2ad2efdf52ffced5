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
/** Milliseconds: a server on this computer takes a connection at once. */
const connectMs = 500
const timeoutMs = 1_500

/**
 * Looks for model servers on this computer: at each port, on the loopback addresses alone and past any proxy, all at once. A program that
 * answers with anything but a list of models is none.
 * @returns the servers in the order of the ports; without a key, since none was given for them
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
 * Reads the ports of EXEMPLAR_LOCAL_PORTS, such as `ollama=11435,vllm=8001`; the usual ones where it is not set.
 * Entries that name no known server or no port are left out.
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
