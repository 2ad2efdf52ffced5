import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { placeOn, readWindowState, windowStateFile } from '../../../src/main/electron/windowState'

const display = { x: 0, y: 0, width: 1920, height: 1080 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }
const bounds = { x: 100, y: 80, width: 1200, height: 800 }

describe('the place of the window', () => {
  it('is where it was, while a display shows it', () => {
    expect(placeOn(bounds, [display])).toEqual(bounds)
    const onSecond = { ...bounds, x: 2000, width: 1000 }
    expect(placeOn(onSecond, [display, second])).toEqual(onSecond)
  })

  it('is the usual one when the display that showed it has gone', () => {
    expect(placeOn({ ...bounds, x: 2000 }, [display])).toBeNull()
    expect(placeOn(bounds, [])).toBeNull()
  })

  it('is the usual one when its title could not be taken hold of', () => {
    expect(placeOn({ ...bounds, x: 1850 }, [display])).toBeNull()
    expect(placeOn({ ...bounds, y: -200 }, [display])).toBeNull()
    expect(placeOn({ ...bounds, y: 1060 }, [display])).toBeNull()
  })

  it('may hang over the edge of a display, but is no larger than it', () => {
    expect(placeOn({ ...bounds, x: -300 }, [display])).toEqual({ ...bounds, x: -300 })
    expect(placeOn({ x: 0, y: 0, width: 3840, height: 2160 }, [display])).toEqual(display)
  })

  it('is measured against the display that shows most of it', () => {
    const between = { x: 1700, y: 0, width: 1600, height: 1080 }
    expect(placeOn(between, [display, second])).toEqual({ ...between, width: 1280, height: 1024 })
  })
})

describe('what is known of the window', () => {
  const stored = (text: string) => {
    const userData = fs.mkdtempSync(path.join(os.tmpdir(), 'exemplar-window-'))
    fs.writeFileSync(windowStateFile(userData), text)
    return readWindowState(userData)
  }

  it('is read as it was stored', () => {
    const state = { bounds, maximised: true, fullScreen: false }
    expect(stored(JSON.stringify(state))).toEqual(state)
  })

  it.each(['', 'null', '7', '{', '{"bounds":{"x":1,"y":2,"width":"3","height":4}}', '{"bounds":null}', '{"maximised":true}'])(
    'is nothing where the file holds %j',
    (text) => expect(stored(text)).toBeNull(),
  )

  it('is nothing where there is no file', () => {
    expect(readWindowState(path.join(os.tmpdir(), 'exemplar-no-such-folder'))).toBeNull()
  })
})
