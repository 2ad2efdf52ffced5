import { type Message, message } from '../../../../shared/messages/message'

export interface Cells {
  readonly cells: readonly string[]
  readonly fault?: Message
}

/** Reads the rows of a table strictly (RFC 4180, UTF-8 without a byte order mark), chunk by chunk. */
export async function* readCells(chunks: AsyncIterable<Buffer>): AsyncGenerator<Cells> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let cells: string[] = []
  let cell = ''
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let fault: Message | undefined
  let isFirst = true
  const endCell = () => {
    cells.push(cell)
    cell = ''
    state = 'start'
  }
  const take = (): Cells => {
    endCell()
    const row: Cells = {
      cells: cells.map((each, at) => (at === cells.length - 1 ? each.replace(/\r$/, '') : each)),
      ...(fault && { fault }),
    }
    cells = []
    fault = undefined
    return row
  }
  const decode = (chunk?: Buffer): string | null => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      return null
    }
  }
  for await (const chunk of chunks) {
    const text = decode(chunk)
    if (text === null) return yield { cells: [], fault: message('import.lineNotUtf8') }
    if (isFirst && text.startsWith('\uFEFF')) fault = message('training.check.byteOrderMark')
    isFirst = false
    for (let at = 0; at < text.length; at++) {
      const sign = text.charAt(at)
      if (state === 'quoted') {
        if (sign === '"') state = 'closed'
        else cell += sign
      } else if (sign === ',') endCell()
      else if (sign === '\n') yield take()
      else if (sign === '"' && state === 'start') state = 'quoted'
      else if (sign === '"' && state === 'closed') {
        cell += '"'
        state = 'quoted'
      } else {
        if (state === 'closed' && sign !== '\r') fault ??= message('training.check.afterQuote')
        if (state !== 'closed') state = 'plain'
        cell += state === 'closed' && sign === '\r' ? '' : sign
      }
    }
  }
  if (decode() === null) return yield { cells: [], fault: message('import.lineNotUtf8') }
  // The compiler cannot see that the loop may have ended inside quotes.
  if ((state as string) === 'quoted') fault = message('training.check.quoteOpen')
  if (cell !== '' || cells.length > 0 || fault) yield take()
}
