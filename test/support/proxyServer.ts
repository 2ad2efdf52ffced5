import { createServer } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

export interface ProxyServer {
  readonly url: string
  /** `POST http://…` or `CONNECT host:port`, each with what the client said of itself */
  readonly requests: readonly { readonly line: string; readonly authorization: string | null }[]
  readonly close: () => Promise<void>
}

export interface ProxyOptions {
  /** answers every request with this status */
  readonly status?: number
  /** where all requests are led, whatever host they name */
  readonly target?: string
}

/** A proxy on loopback: http requests as curl sends them, tunnels for https. */
export async function startProxyServer({ status, target }: ProxyOptions = {}): Promise<ProxyServer> {
  const requests: { line: string; authorization: string | null }[] = []
  const sockets = new Set<Socket>()
  const led = (url: string) => new URL(target ?? url)
  const note = (line: string, authorization: string | undefined) => void requests.push({ line, authorization: authorization ?? null })
  const server = createServer((incoming, outgoing) => {
    note(`${incoming.method} ${incoming.url}`, incoming.headers['proxy-authorization'])
    if (status) return void outgoing.writeHead(status, { 'content-type': 'text/html' }).end('<html><title>Proxy</title></html>')
    const url = new URL(incoming.url ?? '')
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      void fetch(new URL(url.pathname, led(url.href)), { method: 'POST', body: Buffer.concat(chunks) }).then(async (answer) => {
        outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
      })
    })
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.on('connect', (incoming, socket: Socket) => {
    note(`CONNECT ${incoming.url}`, incoming.headers['proxy-authorization'])
    socket.on('error', () => undefined)
    if (status) return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`)
    const { hostname, port } = led(`https://${incoming.url}`)
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    sockets.add(upstream)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
