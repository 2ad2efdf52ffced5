import { describe, expect, it } from 'vitest'
import { loadEditFilter } from '../../../src/main/exchange/export/training/editFilter'

const filter = await loadEditFilter()

describe('an edit', () => {
  it.each([
    ['There are two boats.', 'There are two boats.', 'identical'],
    ['There are two boats.', '  There are two boats. \n', 'identical'],
    ['there are two boats', 'There are two boats.', 'typos'],
    ['They recieve a letter.', 'They receive a letter.', 'typos'],
    ['It occured at the tabel.', 'It occurred at the table.', 'typos'],
    ['The goverment bulding is grey.', 'The government building is grey.', 'typos'],
    ['An icecream in the the sun.', 'An ice cream in the sun.', 'typos'],
    ['There are two boats.', 'There are three boats.', null],
    ['There are 12 boats.', 'There are 13 boats.', null],
    ['There is a boat.', 'There is no boat.', null],
    ['There is one boat there.', 'There is one boats there.', null],
    ['A mouse stands by the road.', 'A house stands by the road.', null],
    ['A cat sits on a mat.', 'A bat sits on a mat.', null],
    ['这是一只猫', '这是一只狗', null],
    ['猫は箱の中にいます。', '犬は箱の中にいます。', null],
    ['{"a":1}', '{"a":2}', null],
    ['A small red boat lies at the quay in the morning.', 'Een kleine rode boot ligt in de ochtend aan de kade.', 'translated'],
    ['Ein Hund läuft über die Wiese und bellt laut.', 'A dog runs across the meadow and barks loudly.', 'translated'],
    ['A dog.', 'A small dog with a red collar that runs across the wide green meadow.', null],
    ['!!!', '???', null],
  ] as const)('from “%s” to “%s” is %s', (draft, edited, fault) => {
    expect(filter(draft, edited)).toBe(fault)
  })

  it('is left out where it changes a smaller share of words than wanted', async () => {
    const draft = 'One two three four five six seven eight nine ten.'
    expect((await loadEditFilter(0.2))(draft, draft.replace('three', 'thirty'))).toBe('small')
    expect((await loadEditFilter(0.1))(draft, draft.replace('three', 'thirty'))).toBe(null)
    expect((await loadEditFilter(0.5))(draft, 'Something else was said of it.')).toBe(null)
  })
})
