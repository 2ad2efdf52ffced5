import { describe, expect, it } from 'vitest'
import { createWheelZoom, wheelFactor } from '../../../src/renderer/src/components/MediaViewer/image/wheelZoom'

const pixels = (deltaY: number, ctrlKey = false) => ({ deltaY, deltaMode: 0, ctrlKey })

describe('the wheel', () => {
  it('zooms by 15 % a notch, whichever unit it turns in', () => {
    expect(wheelFactor(pixels(-100))).toBeCloseTo(1.15)
    expect(wheelFactor(pixels(100))).toBeCloseTo(1 / 1.15)
    expect(wheelFactor(pixels(-240))).toBeCloseTo(1.15 ** 2.4)
    expect(wheelFactor({ deltaY: -3, deltaMode: 1, ctrlKey: false })).toBeCloseTo(1.15)
    expect(wheelFactor({ deltaY: -1, deltaMode: 2, ctrlKey: false })).toBeCloseTo(1.15)
  })

  it('zooms by a notch with the control key too, and as far as two fingers move on a trackpad', () => {
    expect(wheelFactor(pixels(-100, true))).toBeCloseTo(1.15)
    expect(wheelFactor(pixels(-10, true))).toBeCloseTo(Math.exp(0.1))
  })

  it('adds up steps too small to change a scale of two digits, and stays within the bounds', () => {
    const instance = { state: { scale: 1 } }
    const view = {
      instance,
      zoomToPoint: (scale: number) => {
        instance.state.scale = Math.min(20, Math.max(1, Math.round(scale * 100) / 100))
      },
    } as unknown as Parameters<ReturnType<typeof createWheelZoom>>[0]
    const zoom = createWheelZoom()
    const turn = (deltaY: number) => zoom(view, { ...pixels(deltaY), clientX: 0, clientY: 0 })
    for (let step = 0; step < 100; step++) turn(-1)
    expect(instance.state.scale).toBeCloseTo(1.15, 2)
    for (let step = 0; step < 100; step++) turn(-100)
    expect(instance.state.scale).toBe(20)
    turn(100)
    expect(instance.state.scale).toBeCloseTo(20 / 1.15, 1)
    for (let step = 0; step < 50; step++) turn(100)
    expect(instance.state.scale).toBe(1)
  })
})
