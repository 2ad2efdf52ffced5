import { createRequire, Module } from 'node:module'
import type Sharp from 'sharp'

/**
 * Loads sharp when the first image needs it, never together with the module that asks: the window's main process imports these
 * modules too. Under Electron on Linux it is sharp's WebAssembly build, see docs/adr/0003.
 */
export async function loadSharp(): Promise<typeof Sharp> {
  if (process.platform === 'linux' && process.versions.electron) hideNativeSharp()
  const { default: sharp } = await import('sharp')
  // libvips remembers by file name what it decoded, and keeps those files open; ours are read once.
  sharp.cache(false)
  return sharp
}

/** Makes sharp find nothing where its native build is, so that it takes its WebAssembly build. Packages for Linux have no native one. */
function hideNativeSharp(): void {
  const require = createRequire(import.meta.url)
  try {
    const native = require.resolve(`@img/sharp-linux-${process.arch}/sharp.node`)
    require.cache[native] ??= Object.assign(new Module(native), { exports: null, loaded: true })
  } catch {
    // it is not installed
  }
}
