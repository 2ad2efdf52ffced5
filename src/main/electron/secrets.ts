import { safeStorage } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import type { KeyStatus } from '../../shared/contract'
import { toProblem } from '../../shared/problem'
import { mayHaveEnvironmentKey } from '../generation/providers/http/checkKey'
import { findKey, type KeyPlace, type KeyRing, keyRingSchema, withKey, withoutKey } from '../project/keyRing'

interface Secrets {
  status(place: KeyPlace): KeyStatus
  save(place: KeyPlace, key: string): KeyStatus
  forget(place: KeyPlace): KeyStatus
  /** only for the main process, like `read`; without OPENAI_API_KEY */
  saved(place: KeyPlace): string | null
  /** only for the main process */
  read(place: KeyPlace): string | null
  /** like `read`, for an address that only a project file names: no profile's key, and OPENAI_API_KEY only if it may be sent there */
  readForProject(baseUrl: string): string | null
}

/** Returns true if keys can be encrypted. `basic_text` is no protection: the password is in Chromium's source. */
function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

export function createSecrets(userData: string, environmentKey: string | undefined): Secrets {
  const file = path.join(userData, 'keys.bin')
  const keychain = hasKeychain()
  let keys: KeyRing = {}
  if (keychain && fs.existsSync(file)) {
    try {
      keys = keyRingSchema.parse(JSON.parse(safeStorage.decryptString(fs.readFileSync(file))))
    } catch {
      keys = {} // another user's keychain, or a damaged file: the user enters the key again
    }
  }

  const status = (place: KeyPlace): KeyStatus => {
    const storage = keychain ? 'keychain' : 'memory'
    if (findKey(keys, place) !== undefined) return { present: keychain ? 'stored' : 'memory', storage }
    return { present: environmentKey ? 'environment' : 'none', storage }
  }
  const keep = (changed: KeyRing) => {
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
    save(place, key) {
      keep(withKey(keys, place, key))
      return status(place)
    },
    forget(place) {
      keep(withoutKey(keys, place))
      return status(place)
    },
    saved: (place) => findKey(keys, place) ?? null,
    read: (place) => findKey(keys, place) ?? (environmentKey || null),
    readForProject: (baseUrl) => (mayHaveEnvironmentKey(baseUrl) ? environmentKey || null : null),
  }
}
