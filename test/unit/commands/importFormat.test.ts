import { expect, test } from 'vitest'
import { importFormat } from '../../../src/main/commands/values'

test('a format to import is one of those that are read; a prompt file is named with what reads it', () => {
  expect(importFormat('jsonl')).toBe('jsonl')
  expect(() => importFormat('syphus')).toThrow('A prompt file is imported with prompt import --file')
  expect(() => importFormat('jsonn')).toThrow(/^Allowed choices are .*\bjsonl\b/)
})
