import { describe, expect, it } from 'vitest'
import { readProjectFile } from '../../support/projectFiles'

const css = readProjectFile('src/renderer/src/app/contrast.css')

function variablesOf(scheme: string): ReadonlyMap<string, string> {
  const block = new RegExp(`data-mantine-color-scheme='${scheme}'\\] {([^}]*)}`).exec(css)?.[1] ?? ''
  return new Map([...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', color = '']) => [name, color]))
}

/** Relative luminance of sRGB (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'])('high contrast over the %s theme', (scheme) => {
  const variables = variablesOf(scheme)
  const color = (name: string) => variables.get(name) ?? 'missing'
  const onBody = ['text', 'dimmed', 'placeholder', 'error', 'anchor'].map((name) => `--mantine-color-${name}`)
  const verdicts = ['accepted', 'edited', 'rejected', 'ignored', 'pending'].map((name) => `--verdict-${name}`)

  it.each([...onBody, ...verdicts, '--accent-text'])('writes %s with 7 : 1 on the ground of the window', (name) => {
    expect(contrast(color(name), color('--mantine-color-body'))).toBeGreaterThanOrEqual(7)
    expect(contrast(color(name), color('--surface'))).toBeGreaterThanOrEqual(7)
  })

  it.each([
    ['--accent-text', '--accent-ground'],
    ['--mantine-color-text', '--accent-ground'],
    ['--mantine-color-text', '--added-ground'],
    ['--mantine-color-dimmed', '--removed-ground'],
    ['--mantine-color-red-light-color', '--mantine-color-red-light'],
    ['--mantine-color-gray-light-color', '--mantine-color-gray-light'],
    ['--mantine-color-accent-light-color', '--mantine-color-accent-light'],
    ['--mantine-color-yellow-light-color', '--mantine-color-yellow-light'],
  ])('writes %s with 7 : 1 on %s', (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(7)
  })

  it('writes white with 7 : 1 on filled buttons', () => {
    expect(contrast('#ffffff', color('--mantine-color-accent-filled'))).toBeGreaterThanOrEqual(7)
    expect(contrast('#ffffff', color('--mantine-color-accent-filled-hover'))).toBeGreaterThanOrEqual(7)
  })

  it('draws lines and the focus with 3 : 1', () => {
    for (const line of ['--line', '--mantine-color-default-border', '--focus'])
      expect(contrast(color(line), color('--mantine-color-body'))).toBeGreaterThanOrEqual(3)
  })
})
