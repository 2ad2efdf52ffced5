import { readFileSync } from 'node:fs'
import tls from 'node:tls'

let trusted: tls.SecureContext | undefined

/**
 * Returns the trusted certificates for https addresses: those of Node, those of the system if this Node can read them, and those of the
 * file in NODE_EXTRA_CA_CERTS, which packaged Electron does not read by itself. Read once, for the first https address.
 */
export function trustedCertificates(environment: NodeJS.ProcessEnv = process.env): tls.SecureContext {
  trusted ??= tls.createSecureContext({ ca: [...new Set([...ofNode(), ...ofFile(environment['NODE_EXTRA_CA_CERTS'])])] })
  return trusted
}

function ofNode(): readonly string[] {
  // Missing in Node 20, which the fallback runtime uses.
  const read = 'getCACertificates' in tls ? tls.getCACertificates : undefined
  return read ? [...read('default'), ...read('system')] : tls.rootCertificates
}

/** Reads certificates from a file; a file that cannot be read is ignored, as in Node. */
function ofFile(file: string | undefined): readonly string[] {
  if (!file) return []
  try {
    return readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  } catch {
    return []
  }
}
