import { createRequire, Module } from 'node:module'
import type Sharp from 'sharp'

/**
 * Loads sharp on first use, never together with the importing module, since the window's main process imports these modules too. On Linux
 * with Electron it is sharp's WebAssembly build, see docs/adr/0003.
 */
export async function loadSharp(): Promise<typeof Sharp> {
  if (process.platform === 'linux' && process.versions.electron) hideNativeSharp()
  const { default: sharp } = await import('sharp')
  // libvips caches decoded files by name and keeps them open; our files are read only once.
  sharp.cache(false)
  return sharp
}

/** Hides sharp's native build, so that it loads its WebAssembly build. Packages for Linux contain no native build. */
function hideNativeSharp(): void {
  const require = createRequire(import.meta.url)
  try {
    const native = require.resolve(`@img/sharp-linux-${process.arch}/sharp.node`)
    require.cache[native] ??= Object.assign(new Module(native), { exports: null, loaded: true })
  } catch {
    // it is not installed
  }
}
