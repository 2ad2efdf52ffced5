import '@testing-library/jest-dom/vitest'
import { notifications } from '@mantine/notifications'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// What Mantine and the virtual lists ask of a browser and jsdom does not have.
Object.defineProperty(window, 'matchMedia', {
  writable: true,
  value: (query: string) => ({
    // Motion is reduced, so that nothing has to be waited for.
    matches: query.includes('prefers-reduced-motion'),
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  }),
})

class ResizeObserverStub implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = ResizeObserverStub

/** jsdom has no threads: one that never answers. */
class WorkerStub extends EventTarget {
  postMessage() {}
  terminate() {}
}
vi.stubGlobal('Worker', WorkerStub)
window.requestIdleCallback = (work) => Number(setTimeout(() => work({ didTimeout: false, timeRemaining: () => 10 }), 0))
window.cancelIdleCallback = (id) => clearTimeout(id)
window.HTMLElement.prototype.scrollIntoView = () => undefined
window.HTMLElement.prototype.scrollTo = () => undefined
Object.defineProperty(document, 'fonts', { value: { addEventListener: () => undefined, removeEventListener: () => undefined } })

// Lists that draw only what is in view need a view: 1280 × 800 for every element.
for (const [name, size] of [
  ['clientWidth', 1280],
  ['clientHeight', 800],
] as const)
  Object.defineProperty(window.HTMLElement.prototype, name, { configurable: true, get: () => size })

// A busy machine may take its time; what is awaited is awaited, not measured.
configure({ asyncUtilTimeout: 5000 })

afterEach(() => {
  cleanup()
  notifications.clean()
  vi.restoreAllMocks()
})
