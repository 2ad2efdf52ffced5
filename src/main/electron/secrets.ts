import { safeStorage } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { KeyStatus } from '../../shared/contract'
import { toProblem } from '../../shared/problem'
import { mayHaveEnvironmentKey } from '../generation/providers/http/checkKey'

/** Keys by the origin of the address they were given for, so that none is ever sent to another server. */
const keysSchema = z.record(z.string(), z.string())
type Keys = z.infer<typeof keysSchema>

interface Secrets {
  status(baseUrl: string): KeyStatus
  save(baseUrl: string, key: string): KeyStatus
  forget(baseUrl: string): KeyStatus
  /** for the main process alone; `fromProject`: only a project file names the address */
  read(baseUrl: string, fromProject?: boolean): string | null
}

/** `basic_text` is no protection: the password is in Chromium's source. */
function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

export function createSecrets(userData: string, environmentKey: string | undefined): Secrets {
  const file = path.join(userData, 'keys.bin')
  const keychain = hasKeychain()
  let keys: Keys = {}
  if (keychain && fs.existsSync(file)) {
    try {
      keys = keysSchema.parse(JSON.parse(safeStorage.decryptString(fs.readFileSync(file))))
    } catch {
      keys = {} // another user's keychain, or a damaged file: the key is asked for again
    }
  }

  const originOf = (baseUrl: string) => new URL(baseUrl).origin
  const status = (baseUrl: string): KeyStatus => {
    const storage = keychain ? 'keychain' : 'memory'
    if (keys[originOf(baseUrl)] !== undefined) return { present: keychain ? 'stored' : 'memory', storage }
    return { present: environmentKey ? 'environment' : 'none', storage }
  }
  const keep = (changed: Keys) => {
    keys = changed
    if (!keychain) return
    try {
      fs.writeFileSync(file, safeStorage.encryptString(JSON.stringify(keys)), { mode: 0o600 })
    } catch (error) {
      throw toProblem(error, 'the key')
    }
  }

  return {
    status,
    save(baseUrl, key) {
      keep({ ...keys, [originOf(baseUrl)]: key })
      return status(baseUrl)
    },
    forget(baseUrl) {
      const { [originOf(baseUrl)]: _, ...others } = keys
      keep(others)
      return status(baseUrl)
    },
    read(baseUrl, fromProject = false) {
      const mayHave = !fromProject || mayHaveEnvironmentKey(baseUrl)
      return keys[originOf(baseUrl)] ?? (mayHave ? environmentKey || null : null)
    },
  }
}
