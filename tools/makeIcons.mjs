// Renders build/icon.svg in the sizes that electron-builder packs: run `node tools/makeIcons.mjs` after a change of the drawing.
import fs from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { root } from './runtime/paths.mjs'

const SIZES = [16, 32, 48, 64, 128, 256, 512]
const DRAWING = 512

const svg = path.join(root, 'build/icon.svg')
const folder = path.join(root, 'build/icons')
fs.mkdirSync(folder, { recursive: true })
for (const size of SIZES) {
  const density = (72 * Math.max(size, DRAWING)) / DRAWING
  await sharp(svg, { density })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toFile(path.join(folder, `${size}.png`))
}
