import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readAppSettings, saveAppSettings } from '../../../src/main/project/userData'
import { defaultComfort } from '../../../src/shared/comfort'
import { defaultProviderSettings } from '../../../src/shared/domain'

let userData: string
beforeEach(() => {
  userData = fs.mkdtempSync(path.join(os.tmpdir(), 'exemplar-settings-'))
})
const write = (settings: object) => fs.writeFileSync(path.join(userData, 'settings.json'), JSON.stringify(settings))

describe('the settings of the app', () => {
  it('of an earlier version are kept, and what is new has its usual value', () => {
    const provider = { ...defaultProviderSettings, model: 'gemma' }
    write({ theme: 'dark', reviewer: 'Ada', provider, keys: { accept: ['J'] } })
    expect(readAppSettings(userData)).toEqual({
      ...defaultComfort,
      theme: 'dark',
      reviewer: 'Ada',
      reviewerNamed: true,
      provider,
      keys: { accept: ['J'] },
    })
    expect(fs.readdirSync(userData)).toEqual(['settings.json'])
  })

  it('know whether the person gave their name, or it is that of their account', () => {
    const account = readAppSettings(userData).reviewer
    expect(readAppSettings(userData).reviewerNamed).toBe(false)
    saveAppSettings(userData, { theme: 'dark' })
    expect(readAppSettings(userData)).toMatchObject({ reviewer: account, reviewerNamed: false })
    saveAppSettings(userData, { reviewer: account })
    expect(readAppSettings(userData)).toMatchObject({ reviewer: account, reviewerNamed: true })
    // An earlier version stored the account's name with any other setting.
    write({ theme: 'dark', reviewer: account })
    expect(readAppSettings(userData).reviewerNamed).toBe(false)
  })

  it('are changed one by one', () => {
    saveAppSettings(userData, { language: 'nl', panes: { reviewSide: 30.5 } })
    saveAppSettings(userData, { textSize: 120 })
    expect(readAppSettings(userData)).toMatchObject({ language: 'nl', panes: { reviewSide: 30.5 }, textSize: 120, theme: 'auto' })
  })

  it('that cannot be read are put aside, and the usual ones hold', () => {
    write({ theme: 'purple', reviewer: 'Ada' })
    expect(readAppSettings(userData)).toMatchObject(defaultComfort)
    expect(fs.readdirSync(userData)).toEqual(['settings.json.unreadable'])
  })

  it('that cannot be stored leave nothing behind', () => {
    fs.mkdirSync(path.join(userData, 'settings.json', 'in the way'), { recursive: true })
    expect(() => saveAppSettings(userData, { textSize: 120 })).toThrow(expect.objectContaining({ name: 'Problem' }))
    expect(fs.readdirSync(userData)).toEqual(['settings.json'])
  })

  it.skipIf(process.platform === 'win32')('are for the person alone', () => {
    saveAppSettings(userData, { textSize: 120 })
    expect(fs.statSync(path.join(userData, 'settings.json')).mode & 0o777).toBe(0o600)
  })

  it.each([{ textSize: 20 }, { textSize: 400 }, { panes: { reviewSide: -1 } }])('refuse %o', (part) => {
    expect(() => saveAppSettings(userData, part)).toThrow()
  })
})
