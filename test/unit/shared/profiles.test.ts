import { describe, expect, it } from 'vitest'
import { findKey, withKey, withoutKey, type KeyRing } from '../../../src/main/project/keyRing'
import { userDataFolder } from '../../../src/main/project/userData'
import { defaultProviderSettings } from '../../../src/shared/domain'
import {
  activeProfileOf,
  addProfile,
  chooseProfile,
  findProfile,
  listProfiles,
  removeActiveProfile,
  renameProfile,
} from '../../../src/shared/profiles'

const provider = { ...defaultProviderSettings, model: 'mine' }
const local = { ...defaultProviderSettings, kind: 'openai' as const, baseUrl: 'http://127.0.0.1:1/v1', model: 'gemma' }
const two = addProfile({ provider }, { ...local, id: 'b', name: 'Local' })
const names = (settings: typeof two) =>
  listProfiles(settings).map(({ name, id }) => (id === activeProfileOf(settings).id ? `*${name}` : name))

describe('provider profiles', () => {
  it('are one profile “Default” in settings of an earlier version', () => {
    expect(listProfiles({ provider })).toEqual([{ ...provider, id: 'default', name: 'Default' }])
  })

  it('are added as the active one, and chosen; the settings of each come back', () => {
    expect(names(two)).toEqual(['Default', '*Local'])
    expect(two.provider).toEqual(local)
    const back = chooseProfile(two, 'default')
    expect(back.provider).toEqual(provider)
    expect(names(back)).toEqual(['*Default', 'Local'])
    expect(names(chooseProfile(back, 'nobody'))).toEqual(['*Default', 'Local'])
  })

  it('have names of their own, whatever their capital letters', () => {
    expect(names(addProfile(two, { ...local, id: 'c', name: 'local ' }))).toEqual(['Default', 'Local', '*local 2'])
    expect(names(renameProfile(two, 'default'))).toEqual(['Default', '*default 2'])
    expect(names(renameProfile(two, 'LOCAL'))).toEqual(['Default', '*LOCAL'])
    expect(findProfile(two, 'local')?.id).toBe('b')
    expect(findProfile(two, 'none')).toBeUndefined()
  })

  it('are removed but for the last one', () => {
    const one = removeActiveProfile(two)
    expect(names(one)).toEqual(['*Default'])
    expect(one.provider).toEqual(provider)
    expect(names(removeActiveProfile(one))).toEqual(['*Default'])
  })
})

describe('the key ring', () => {
  const place = (profile: string, baseUrl = 'https://api.openai.com/v1') => ({ profile, baseUrl })

  it('keeps a key for each profile, even at one address', () => {
    const ring = withKey(withKey({}, place('a'), 'sk-a'), place('b'), 'sk-b')
    expect([findKey(ring, place('a')), findKey(ring, place('b')), findKey(ring, place('c'))]).toEqual(['sk-a', 'sk-b', undefined])
    expect(findKey(withoutKey(ring, place('a')), place('a'))).toBeUndefined()
    expect(findKey(withoutKey(ring, place('a')), place('b'))).toBe('sk-b')
  })

  it('gives no key to another server than the one that it was given for', () => {
    const ring = withKey({}, place('a'), 'sk-a')
    expect(findKey(ring, place('a', 'https://evil.example/v1'))).toBeUndefined()
    expect(findKey(ring, place('a', 'http://api.openai.com/v1'))).toBeUndefined()
    expect(findKey(ring, place('a', 'https://api.openai.com/v2'))).toBe('sk-a')
  })

  it('reads the keys of an earlier version as those of the default profile', () => {
    const ring: KeyRing = { 'https://api.openai.com': 'sk-old' }
    expect(findKey(ring, place('default'))).toBe('sk-old')
    expect(findKey(ring, place('other'))).toBeUndefined()
    expect(findKey(withoutKey(ring, place('default')), place('default'))).toBeUndefined()
    expect(findKey(withKey(ring, place('default'), 'sk-new'), place('default'))).toBe('sk-new')
  })
})

describe('the folder of the settings', () => {
  it('is the one that the window uses on each system', () => {
    expect(userDataFolder({ EXEMPLAR_USER_DATA: '/x' }, 'linux', '/home/a')).toBe('/x')
    expect(userDataFolder({}, 'linux', '/home/a')).toBe('/home/a/.config/Exemplar')
    expect(userDataFolder({ XDG_CONFIG_HOME: '/c' }, 'linux', '/home/a')).toBe('/c/Exemplar')
    expect(userDataFolder({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Application Support/Exemplar')
  })
})
