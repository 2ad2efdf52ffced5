import { describe, expect, it } from 'vitest'
import { groupByItem } from '../../../src/main/exchange/export/exportJob'
import { mapAhead } from '../../../src/main/exchange/mapAhead'
import { createImageNamer, instructionId, safeFileName } from '../../../src/main/exchange/export/mimicIt/identifiers'
import { oneLine } from '../../../src/main/exchange/export/jsonl/line'
import { trainingYaml } from '../../../src/main/exchange/export/mimicIt/mimicIt'
import { publicAddress } from '../../../src/shared/domain'
import type { ApprovedPair } from '../../../src/main/store/candidates/approved'

describe('ids of an export', () => {
  it('number instructions by their candidate, with at least five digits', () => {
    expect(instructionId('LA', 7)).toBe('LA_INS_00007')
    expect(instructionId('CUSTOM', 1234567)).toBe('CUSTOM_INS_1234567')
  })

  it('name images by their item, and number those of an item with several', () => {
    const name = createImageNamer('LA')
    expect(name({ sourceId: '000000039769', position: 0, count: 1 })).toBe('LA_IMG_000000039769')
    expect(name({ sourceId: 'coins', position: 0, count: 2 })).toBe('LA_IMG_coins_1')
    expect(name({ sourceId: 'coins', position: 1, count: 2 })).toBe('LA_IMG_coins_2')
  })

  it('replace characters that are not safe, and stay unique', () => {
    const name = createImageNamer('LA')
    const names = ['a b', 'a/b', 'a_b', '夜空', '星空', '../x'].map((sourceId) => name({ sourceId, position: 0, count: 1 }))
    expect(names[0]).toBe('LA_IMG_a_b')
    expect(names[1]).toMatch(/^LA_IMG_a_b_[0-9a-f]{8}$/)
    expect(names[5]).toBe('LA_IMG_.._x')
    expect(new Set(names).size).toBe(names.length)
    for (const each of names) expect(each).toMatch(/^[A-Za-z0-9_.-]+$/)
  })

  it('stay unique where an item is named like the image of another', () => {
    const name = createImageNamer('LA')
    const album = [0, 1].map((position) => name({ sourceId: 'x', position, count: 2 }))
    expect(album).not.toContain(name({ sourceId: 'x_1', position: 0, count: 1 }))
  })

  it('number the frames of a video from 0, with four digits', () => {
    const name = createImageNamer('DC')
    expect([0, 11].map((frame) => name({ sourceId: 'v_N1c3C_Npr-E', frame }))).toEqual([
      'DC_IMG_v_N1c3C_Npr-E_0000',
      'DC_IMG_v_N1c3C_Npr-E_0011',
    ])
  })

  it('make a file name of any project name', () => {
    expect(safeFileName('Space day')).toBe('Space-day')
    expect(safeFileName('夜空 / Nacht: größer?')).toBe('夜空-Nacht-größer')
    expect(safeFileName('../../etc')).toBe('etc')
    expect(safeFileName('CON')).toBe('project-CON')
    expect(safeFileName('***')).toBe('project')
  })
})

describe('pairs by item', () => {
  it('come in groups, in their order', () => {
    const pairs = [1, 1, 2, 3, 3, 3].map((itemId, at) => ({ itemId, candidate: { id: at } }) as ApprovedPair)
    expect([...groupByItem(pairs)].map((group) => group.map(({ candidate }) => candidate.id))).toEqual([[0, 1], [2], [3, 4, 5]])
    expect([...groupByItem([])]).toEqual([])
  })

  it('are worked on ahead, never more than asked for, and come back in order', async () => {
    let running = 0
    let most = 0
    const release: (() => void)[] = []
    const work = async (value: number) => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => release.push(resolve))
      running -= 1
      return value * 10
    }
    const results: number[] = []
    const reading = (async () => {
      for await (const result of mapAhead([1, 2, 3, 4, 5], 2, work)) results.push(result)
    })()
    while (results.length < 5) {
      release.pop()?.() // the last begun is the first done
      await new Promise((resolve) => setImmediate(resolve))
    }
    await reading
    expect(results).toEqual([10, 20, 30, 40, 50])
    expect(most).toBe(2)
  })

  it('stop at the first that fails, and leave no rejection behind', async () => {
    const work = (value: number) => (value === 2 ? Promise.reject(new Error('two')) : Promise.resolve(value))
    const results: number[] = []
    const reading = async () => {
      for await (const result of mapAhead([1, 2, 2, 3], 3, work)) results.push(result)
    }
    await expect(reading()).rejects.toThrow('two')
    expect(results).toEqual([1])
  })
})

describe('a line of JSONL', () => {
  it('holds no character that some readers take for the end of a line', () => {
    const value = { text: 'a\u2028b\u2029c\u0085d\r\ne "quoted" \\u2028' }
    expect(oneLine(value)).not.toMatch(/[\n\r\u0085\u2028\u2029]/)
    expect(JSON.parse(oneLine(value))).toEqual(value)
  })

  it('tells the address of the provider without what may be a key', () => {
    expect(publicAddress({ baseUrl: 'https://ada:secret@models.example:8443/v1?api-key=secret#secret' })).toBe(
      'https://models.example:8443/v1',
    )
  })
})

describe('the training YAML', () => {
  const yaml = { group: 'IMAGE_TEXT', taskDescription: '', demoPairs: 0 } as const
  const dataSets = [{ name: 'LA', mimicitPath: 'LA_instructions.json', imagesPath: 'LA.parquet', trainConfigPath: 'LA_train.json' }]

  it('says that its paths are relative, and leaves empty keys out', () => {
    const text = trainingYaml({ ...yaml, dataSets })
    expect(text).toMatch(/^# .*\n# .*relative to this folder/)
    expect(text).toContain('IMAGE_TEXT:\n  LA:\n    mimicit_path: LA_instructions.json\n')
    expect(text).toContain('num_samples: -1')
    expect(text).not.toContain('task_description')
    expect(text).not.toContain('DEMO')
  })

  it('tells of demo pairs', () => {
    expect(trainingYaml({ ...yaml, dataSets, demoPairs: 3 })).toMatch(/# DEMO: 3 pairs/)
  })
})
