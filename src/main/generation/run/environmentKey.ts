/**
 * Whether a key that was given for no address in particular (OPENAI_API_KEY) may go to one that only a project file names: to OpenAI and
 * to this machine. A project can come from anybody, and resuming a run of it must not hand the key to them.
 */
export function mayHaveEnvironmentKey(baseUrl: string): boolean {
  const { hostname, protocol } = new URL(baseUrl)
  const isOpenAi = protocol === 'https:' && (hostname === 'openai.com' || hostname.endsWith('.openai.com'))
  return isOpenAi || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
