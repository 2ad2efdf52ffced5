import type Sharp from 'sharp'

/**
 * Loads sharp when the first picture needs it, never together with the module that asks: the window's main process imports these
 * modules too, and must not load libvips beside GTK (docs/adr/0003).
 */
export async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp')
  // libvips remembers by file name what it decoded, and keeps those files open; ours are read once.
  sharp.cache(false)
  return sharp
}
