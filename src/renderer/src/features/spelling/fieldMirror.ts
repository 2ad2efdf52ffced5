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

/** Copies the size and the text styles of a field to the layer over it, so that their lines break at the same positions. */
export function mirrorField(field: HTMLTextAreaElement, layer: HTMLElement): void {
  const style = getComputedStyle(field)
  for (const name of copied) layer.style[name] = style[name]
  layer.scrollTop = field.scrollTop
}

/** Returns the rectangle of a letter of the layer's text in the window, or null without a layout. */
export function letterBox(layer: HTMLElement, offset: number): DOMRect | null {
  const nodes = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT)
  let left = offset
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const length = node.nodeValue?.length ?? 0
    if (left < length) {
      const range = document.createRange()
      range.setStart(node, left)
      range.setEnd(node, left + 1)
      return range.getBoundingClientRect?.() ?? null // not implemented without a layout
    }
    left -= length
  }
  return null
}

/** Returns the visible part of a field's text as offsets, or all of it without a layout. */
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
