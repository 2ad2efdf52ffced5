import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Answer, Bridge, CallName, EventName } from '../shared/contract'
import { firstCalls } from '../shared/firstCalls'

const ask = (name: CallName, input: unknown) => ipcRenderer.invoke('exemplar:call', name, input) as Promise<Answer>

// Sent after the page has requested its files: main loads its modules for these calls, and should not be busy before.
const early = new Map<string, Promise<Answer>>()
const keyOf = (name: CallName, input: unknown) => JSON.stringify([name, input])
const askEarly = () => {
  for (const [name, input] of firstCalls) early.set(keyOf(name, input), ask(name, input))
}
document.addEventListener('readystatechange', askEarly, { once: true })
addEventListener('load', () => early.clear(), { once: true }) // an unused answer would be stale by then

// The project named at the start may fail to open before the page listens.
const missed = new Map<EventName, unknown>()
const keep = (_: unknown, payload: unknown) => missed.set('project.failed', payload)
ipcRenderer.on('exemplar:project.failed', keep)

// A sandboxed preload cannot load zod; main validates every name and payload again.
const bridge: Bridge = {
  call: (name, input) => {
    // The page must not pass paths of its own: only `drop` reads them from files.
    if (name === 'import.drop') return Promise.reject(new Error('import.drop is not for the page'))
    const answer = early.get(keyOf(name, input))
    early.delete(keyOf(name, input))
    return answer ?? ask(name, input)
  },
  drop: (files) => ask('import.drop', { paths: files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '') }),
  on: (event, listener) => {
    const forward = (_: unknown, payload: unknown) => listener(payload)
    ipcRenderer.on(`exemplar:${event}`, forward)
    if (event === 'project.failed') ipcRenderer.off('exemplar:project.failed', keep)
    if (missed.has(event)) listener(missed.get(event))
    missed.delete(event)
    return () => ipcRenderer.off(`exemplar:${event}`, forward)
  },
}

contextBridge.exposeInMainWorld('exemplar', bridge)
