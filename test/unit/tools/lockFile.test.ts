import { describe, expect, it } from 'vitest'
import { findLockFaults, lockedPackages } from '../../support/lockFile'
import { readProjectFile } from '../../support/projectFiles'

describe('package-lock.json', () => {
  const text = readProjectFile('package-lock.json')

  it('knows every package for every system, with its bytes', () => {
    expect(findLockFaults(text)).toEqual([])
    const places = lockedPackages(text).map(({ place }) => place)
    for (const system of ['linux-x64', 'darwin-arm64', 'win32-x64']) expect(places).toContain(`node_modules/@img/sharp-${system}`)
  })

  it('names no registry', () => expect(lockedPackages(text).filter(({ resolved }) => resolved !== undefined)).toEqual([]))

  it('is seen to lack a package of another system, and the bytes of one', () => {
    const packages = {
      '': { optionalDependencies: { top: '1' } },
      'node_modules/top': {
        version: '1.0.0',
        integrity: 'sha512-a',
        optionalDependencies: { 'top-linux': '1', 'top-darwin': '1', 'top-win32': '1' },
      },
      'node_modules/top-linux': { version: '1.0.0', integrity: 'sha512-b' },
      'node_modules/top-darwin': { optional: true },
      'node_modules/other/node_modules/top-win32': { version: '1.0.0', integrity: 'sha512-c' },
    }
    expect(findLockFaults(JSON.stringify({ packages }))).toEqual([
      'node_modules/top lacks top-win32',
      'node_modules/top-darwin has no version and integrity',
    ])
  })
})
