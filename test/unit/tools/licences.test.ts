import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAllowed } from '../../../tools/licences/allowed.mjs'
import { findBinaries, findGplMarks } from '../../../tools/licences/gplMarks.mjs'
import { formatNotices, refuseUnknown, shippedPackages } from '../../../tools/licences/notices.mjs'
import { findRuntime } from '../../../tools/runtime/paths.mjs'
import { lockedPackages } from '../../support/lockFile'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-licences-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('licences', () => {
  it.each(['MIT', '(MIT AND BSD)', 'Apache-2.0 AND LGPL-3.0-or-later AND MIT', '(GPL-2.0 OR MIT)', 'MIT OR GPL-3.0'])('allows %s', (text) =>
    expect(isAllowed(text)).toBe(true),
  )

  it.each([
    'GPL-3.0-or-later',
    'MIT AND GPL-2.0',
    'AGPL-3.0',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE',
    '',
    null,
    '(MIT OR GPL-2.0) AND ISC',
  ])('refuses %s', (text) => expect(isAllowed(text)).toBe(false))

  it('are allowed of every package that is shipped, on every system', () => {
    const shipped = lockedPackages().filter(({ dev }) => !dev)
    expect(shipped.map(({ place }) => place)).toEqual(expect.arrayContaining(['node_modules/sharp', 'node_modules/better-sqlite3']))
    expect(shipped.filter(({ license }) => !isAllowed(license)).map(({ place, license }) => `${place}: ${license}`)).toEqual([])
  })

  it('end the build where one is unknown, with the name of the package', () => {
    const known = { name: 'good', version: '1.0.0', identifier: 'MIT', text: 'Permission is granted' }
    expect(() => refuseUnknown([known])).not.toThrow()
    expect(() => refuseUnknown([known, { ...known, name: 'bad', identifier: 'GPL-3.0-only' }])).toThrow('bad 1.0.0: GPL-3.0-only')
    expect(() => refuseUnknown([{ ...known, name: 'silent', identifier: null }])).toThrow('silent 1.0.0: no licence')
  })

  it('are listed with their texts, beside those of Electron and Chromium', () => {
    const text = formatNotices([{ name: 'sharp', version: '0.35.5', identifier: 'Apache-2.0', text: 'Apache License' }])
    for (const part of ['Electron', 'LICENSES.chromium.html', 'sharp 0.35.5\nLicence: Apache-2.0\nSource: https://github.com/lovell/sharp'])
      expect(text).toContain(part)
  })
})

describe('binaries', () => {
  it('that are shipped hold nothing under the GPL', () => {
    const runtime = findRuntime()
    const folders = [...shippedPackages(), ...(runtime ? [runtime.dist] : [])]
    const binaries = folders.flatMap((folder) => findBinaries(folder))
    expect(binaries.map((file) => basename(file))).toEqual(
      expect.arrayContaining([expect.stringMatching(/\.node$/), expect.stringMatching(/\.wasm$/)]),
    )
    expect(binaries.map((file) => ({ file, marks: findGplMarks(file) })).filter(({ marks }) => marks.length > 0)).toEqual([])
  })

  it.each([
    ['decoder.node', '--prefix=/usr --enable-gpl --enable-libx264', ['FFmpeg configured with --enable-gpl', 'x264']],
    ['x264.so.164', 'H.264/MPEG-4 AVC codec - Copyleft 2003 - http://www.videolan.org/x264.html - options', ['x264']],
    ['x265.dll', 'x265 [error]: out of memory', ['x265']],
    ['ffmpeg.wasm', 'libavcodec license: GPL version 2 or later', ['a licence notice of the GPL']],
  ])('under the GPL are found: %s', async (name, text, marks) => {
    const file = join(directory, name)
    await writeFile(file, Buffer.concat([Buffer.alloc(100, 0xfe), Buffer.from(`\0${text}\0`), Buffer.alloc(100)]))
    expect(findBinaries(directory)).toContain(file)
    expect(findGplMarks(file)).toEqual(marks)
  })

  it('under the LGPL are none of them, nor is a decoder that reads what x264 wrote', async () => {
    const file = join(directory, 'libffmpeg.so')
    await writeFile(file, '\0libavcodec license: LGPL version 2.1 or later\0x264 - core %d\0x264 - core 0000\0')
    expect(findGplMarks(file)).toEqual([])
  })
})
