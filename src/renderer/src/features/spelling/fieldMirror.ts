const copied = [
  'boxSizing',
  'width',
  'maxWidth',
  'height',
  'paddingTop',
  'paddingRight',
  'paddingBottom',
  'paddingLeft',
  'borderTopWidth',
  'borderRightWidth',
  'borderBottomWidth',
  'borderLeftWidth',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'fontStyle',
  'letterSpacing',
  'lineHeight',
  'textAlign',
  'direction',
] as const satisfies readonly (keyof CSSStyleDeclaration)[]

/** Gives the layer that lies over a field the field's own measures, so that its lines break where the field's do. */
export function mirrorField(field: HTMLTextAreaElement, layer: HTMLElement): void {
  const style = getComputedStyle(field)
  for (const name of copied) layer.style[name] = style[name]
  layer.scrollTop = field.scrollTop
}

/** Where a letter of the layer's text stands in the window; null where nothing is laid out. */
export function letterBox(layer: HTMLElement, offset: number): DOMRect | null {
  const nodes = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT)
  let left = offset
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const length = node.nodeValue?.length ?? 0
    if (left < length) {
      const range = document.createRange()
      range.setStart(node, left)
      range.setEnd(node, left + 1)
      return range.getBoundingClientRect?.() ?? null // a page without layout has none
    }
    left -= length
  }
  return null
}

/** The part of a field's text that is in view, as offsets; all of it where nothing is laid out. */
export function visiblePart(layer: HTMLElement, length: number): { readonly from: number; readonly to: number } {
  const frame = layer.closest('[data-pair]')?.getBoundingClientRect()
  if (!frame || frame.height === 0 || length === 0) return { from: 0, to: length }
  const firstWhere = (holds: (box: DOMRect) => boolean) => {
    let [low, high] = [0, length]
    while (low < high) {
      const middle = (low + high) >> 1
      const box = letterBox(layer, middle)
      if (!box || holds(box)) high = middle
      else low = middle + 1
    }
    return low
  }
  return { from: firstWhere(({ bottom }) => bottom > frame.top), to: firstWhere(({ top }) => top > frame.bottom) }
}
