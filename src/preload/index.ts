import { contextBridge, ipcRenderer } from 'electron'
import type { Answer, Bridge } from '../shared/contract'

// A sandboxed preload cannot load zod; main checks every name and payload again.
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('exemplar:call', name, input) as Promise<Answer>,
  on: (event, listener) => {
    const forward = (_: unknown, payload: unknown) => listener(payload)
    ipcRenderer.on(`exemplar:${event}`, forward)
    return () => ipcRenderer.off(`exemplar:${event}`, forward)
  },
}

contextBridge.exposeInMainWorld('exemplar', bridge)
