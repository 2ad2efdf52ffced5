import { expect, test } from 'vitest'
import { ShownText } from '../../src/renderer/src/components/text/ShownText'
import { renderWindow } from './render'

test('a character that is not seen stands there by its code, and is copied as it is', () => {
  const text = 'access \u202etxt.exe\u001b'
  const { container } = renderWindow(
    <p className="verbatim">
      <ShownText text={text} />
    </p>,
  )
  const paragraph = container.querySelector('.verbatim')
  expect(paragraph?.textContent).toBe(text)
  expect([...(paragraph?.querySelectorAll('.hidden-character') ?? [])].map((each) => each.getAttribute('data-code'))).toEqual([
    'U+202E',
    'U+001B',
  ])
})
