import type { Page } from '@playwright/test'

/** Pixels that a box may stand over another, or a text over its place, by rounding alone. */
const ROUNDING = 1.5

/**
 * Measures the window as it is shown and tells what is wrong with its layout: cut or overlapping texts and controls, controls that are
 * covered or out of reach, rows off their baseline, texts that are too small or of a size that is none of the window's.
 * @param scale of the text, 1 being the usual size
 */
export const measureLayout = (page: Page, scale: number): Promise<string[]> =>
  page.evaluate(
    ({ scale: textScale, rounding }) => {
      const faults = new Set<string>()
      const modal = [...document.querySelectorAll<HTMLElement>('[role="dialog"][aria-modal="true"]')].at(-1)
      const scope: ParentNode = modal ?? document
      const sizes = [11, 12, 13, 15, 17, 22]

      interface Rect {
        left: number
        top: number
        right: number
        bottom: number
      }
      const cut = (one: Rect, other: Rect): Rect => ({
        left: Math.max(one.left, other.left),
        top: Math.max(one.top, other.top),
        right: Math.min(one.right, other.right),
        bottom: Math.min(one.bottom, other.bottom),
      })
      const width = (rect: Rect) => Math.max(0, rect.right - rect.left)
      const height = (rect: Rect) => Math.max(0, rect.bottom - rect.top)
      const area = (rect: Rect) => width(rect) * height(rect)
      const clips = (element: Element) => {
        const { overflowX, overflowY } = getComputedStyle(element)
        return overflowX !== 'visible' || overflowY !== 'visible'
      }
      /** The part of a box that the window shows. */
      const shown = (element: Element, of: Rect = element.getBoundingClientRect()): Rect => {
        let rect = cut(of, { left: 0, top: 0, right: innerWidth, bottom: innerHeight })
        for (let at = element.parentElement; at; at = at.parentElement) {
          if (clips(at)) rect = cut(rect, at.getBoundingClientRect())
          if (getComputedStyle(at).position === 'fixed') break
        }
        return rect
      }
      const isSeen = (element: Element) => {
        const { visibility, opacity, display } = getComputedStyle(element)
        return visibility === 'visible' && display !== 'none' && Number(opacity) > 0 && element.checkVisibility({ checkOpacity: true })
      }
      const name = (element: Element) => {
        const own = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 40)
        return `${element.tagName.toLowerCase()} “${own}”`
      }
      /** Whether an element is for screen readers only. */
      const isForScreenReader = (element: Element) => {
        for (let at: Element | null = element; at; at = at.parentElement) {
          const rect = at.getBoundingClientRect()
          if (getComputedStyle(at).position === 'absolute' && rect.width <= 1.5 && rect.height <= 1.5) return true
        }
        return false
      }
      const hasTooltip = (element: Element) => element.closest('[title],[data-tooltip]') !== null

      // Texts
      const texts: { element: Element; rect: Rect; fontSize: number }[] = []
      const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement
        if (
          !element ||
          !node.nodeValue?.trim() ||
          !isSeen(element) ||
          element.closest('svg, option, [data-hidden-measure]') ||
          isForScreenReader(element)
        )
          continue
        const range = document.createRange()
        range.selectNodeContents(node)
        const whole = range.getBoundingClientRect()
        const rect = shown(element, whole)
        if (whole.width <= 1 || whole.height <= 1 || width(rect) <= 1 || height(rect) <= 1) continue
        const fontSize = Number.parseFloat(getComputedStyle(element).fontSize)
        texts.push({ element, rect, fontSize })
        if (fontSize < 11 * Math.min(1, textScale) - 0.1) faults.add(`text below 11 px: ${name(element)} ${fontSize}`)
        const isOurs = sizes.some((size) => Math.abs(size * textScale - fontSize) < 0.3)
        if (!isOurs) faults.add(`a type size that is none of ours: ${name(element)} ${fontSize}`)
      }
      for (const { element } of texts) {
        let at: HTMLElement | null = element as HTMLElement
        while (at && getComputedStyle(at).display === 'inline') at = at.parentElement
        if (!at) continue
        const style = getComputedStyle(at)
        const cutsAcross = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll'
        const cutsDown = style.overflowY !== 'visible' && style.overflowY !== 'auto' && style.overflowY !== 'scroll'
        const isCut =
          (cutsAcross && at.scrollWidth > at.clientWidth + rounding) || (cutsDown && at.scrollHeight > at.clientHeight + 2 * rounding)
        if (isCut && !hasTooltip(at)) faults.add(`cut without a tooltip: ${name(at)}`)
      }
      for (const [index, one] of texts.entries()) {
        for (const other of texts.slice(index + 1)) {
          if (one.element.contains(other.element) || other.element.contains(one.element)) continue
          const both = cut(one.rect, other.rect)
          if (width(both) <= 2 * rounding || height(both) <= 3 * rounding) continue
          // What lies in another layer covers the text; it does not mix with it.
          const [x, y] = [(both.left + both.right) / 2, (both.top + both.bottom) / 2]
          const top = document.elementsFromPoint(x, y)
          if (top.some((each) => each === one.element) && top.some((each) => each === other.element)) {
            const layerOf = (element: Element) =>
              element.closest('[role="dialog"], [role="menu"], [role="listbox"], [role="tooltip"], [data-layer]')
            if (layerOf(one.element) === layerOf(other.element))
              faults.add(`texts overlap: ${name(one.element)} and ${name(other.element)}`)
          }
        }
      }

      // Controls
      const controls = [
        ...scope.querySelectorAll<HTMLElement>(
          'button, input:not([type="hidden"]), textarea, select, [role="tab"], [role="menuitem"], [role="option"]',
        ),
      ].filter((element) => {
        const rect = element.getBoundingClientRect()
        return isSeen(element) && rect.width > 4 && rect.height > 4 && !element.closest('[inert]')
      })
      for (const control of controls) {
        const rect = shown(control)
        const whole = control.getBoundingClientRect()
        // Partly scrolled out of a place that scrolls: it can be scrolled to.
        if (area(rect) < 0.9 * whole.width * whole.height) continue
        const hit = document.elementFromPoint((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2)
        const label = control.id ? document.querySelector(`label[for="${CSS.escape(control.id)}"]`) : null
        const isHit =
          hit && (control.contains(hit) || hit.contains(control) || label?.contains(hit) || hit.closest('label')?.contains(control))
        const layer = hit?.closest('[role="dialog"], [role="menu"], [role="listbox"], [role="tooltip"], [role="alert"], [data-layer]')
        if (!isHit && !(layer && !layer.contains(control)) && getComputedStyle(control).pointerEvents !== 'none')
          faults.add(`covered: ${name(control)} by ${hit ? name(hit) : 'nothing'}`)
      }
      const places = controls.map((control) => ({ control, rect: shown(control) })).filter(({ rect }) => area(rect) > 16)
      for (const [index, one] of places.entries()) {
        for (const other of places.slice(index + 1)) {
          if (one.control.contains(other.control) || other.control.contains(one.control)) continue
          const both = cut(one.rect, other.rect)
          if (width(both) <= 2 || height(both) <= 2) continue
          const wrapper = one.control.closest('.mantine-InputWrapper-root, .mantine-Input-wrapper, [role="slider"], [data-overlaps]')
          const layerOf = (element: Element) => element.closest('[role="dialog"], [role="menu"], [role="listbox"], [data-layer]')
          if (layerOf(one.control) !== layerOf(other.control) || wrapper?.contains(other.control)) continue
          faults.add(`controls overlap: ${name(one.control)} and ${name(other.control)}`)
        }
      }

      // Rows
      for (const row of document.querySelectorAll<HTMLElement>('[class*="_toolbar_"], [data-row]')) {
        if (modal && !modal.contains(row)) continue
        const inside = row.getBoundingClientRect()
        if (!isSeen(row) || inside.height === 0) continue
        const lines = texts
          .filter(({ element }) => row.contains(element))
          .map(({ element, rect, fontSize }) => ({ element, at: (rect.top + rect.bottom) / 2 + 0.36 * fontSize }))
        const middle = lines.map(({ at }) => at).toSorted((a, b) => a - b)[Math.floor(lines.length / 2)] ?? 0
        for (const { element, at } of lines)
          if (Math.abs(at - middle) > 1.5 + 0.75 * textScale)
            faults.add(`off the baseline of its row: ${name(element)} by ${Math.round(at - middle)}`)
        for (const control of controls) {
          if (!row.contains(control)) continue
          const rect = control.getBoundingClientRect()
          if (rect.left < inside.left - rounding || rect.right > inside.right + rounding || rect.right > innerWidth + rounding)
            faults.add(`outside its row: ${name(control)}`)
        }
      }

      // Dialogs
      for (const dialog of document.querySelectorAll<HTMLElement>('[role="dialog"]')) {
        if (!isSeen(dialog)) continue
        const rect = dialog.getBoundingClientRect()
        if (rect.width === 0) continue
        if (rect.top < -rounding || rect.bottom > innerHeight + rounding || rect.left < -rounding || rect.right > innerWidth + rounding)
          faults.add(`a dialog reaches out of the window: ${name(dialog)}`)
        for (const button of dialog.querySelectorAll<HTMLElement>('button[data-variant="filled"]')) {
          const seen = shown(button)
          if (isSeen(button) && area(seen) < 0.9 * area(button.getBoundingClientRect()))
            faults.add(`a dialog’s main button is out of sight: ${name(button)}`)
        }
      }
      if (document.documentElement.scrollWidth > innerWidth + rounding) faults.add('the window scrolls sideways')

      // The media
      const viewer = document.querySelector<HTMLElement>('[data-ready] [data-media-viewer]')
      if (viewer && !document.querySelector('[data-filling="true"]')) {
        const rect = viewer.getBoundingClientRect()
        if (innerWidth >= 1100 && rect.width < 0.58 * innerWidth - rounding)
          faults.add(`media have ${Math.round((100 * rect.width) / innerWidth)} % of the width`)
        if (innerWidth < 1100 && rect.height < 0.5 * innerHeight - rounding)
          faults.add(`media have ${Math.round((100 * rect.height) / innerHeight)} % of the height`)
        const media = [...viewer.querySelectorAll<HTMLElement>('figure')]
        for (const over of viewer.querySelectorAll<HTMLElement>('button, input, [data-testid="subtitle"]'))
          for (const medium of media)
            if (!medium.contains(over) && isSeen(over) && area(cut(over.getBoundingClientRect(), medium.getBoundingClientRect())) > 16)
              faults.add(`lies over the medium: ${name(over)}`)
      }
      return [...faults]
    },
    { scale, rounding: ROUNDING },
  )
