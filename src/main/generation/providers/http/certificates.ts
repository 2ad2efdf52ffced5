import { readFileSync } from 'node:fs'
import tls from 'node:tls'

let trusted: tls.SecureContext | undefined

/**
 * Returns what https addresses are checked against: the certificates of Node, of the system where this Node can read them, and of the file
 * in NODE_EXTRA_CA_CERTS, which packaged Electron does not read by itself. Read once, at the first https address.
 */
export function trustedCertificates(environment: NodeJS.ProcessEnv = process.env): tls.SecureContext {
  trusted ??= tls.createSecureContext({ ca: [...new Set([...ofNode(), ...ofFile(environment['NODE_EXTRA_CA_CERTS'])])] })
  return trusted
}

function ofNode(): readonly string[] {
  // Not in Node 20, on which the fallback runtime stands.
  const read = 'getCACertificates' in tls ? tls.getCACertificates : undefined
  return read ? [...read('default'), ...read('system')] : tls.rootCertificates
}

/** A file that cannot be read is passed over, as Node does. */
function ofFile(file: string | undefined): readonly string[] {
  if (!file) return []
  try {
    return readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  } catch {
    return []
  }
}
