import { expect, it } from 'vitest'
import { fromStoredText, toStoredText } from '../../../src/main/store/sql/stored'
import { message, type Text } from '../../../src/shared/messages/message'

const nested = message('common.joined', { first: message('video.problem.noTrack'), second: 3 })

it.each<Text>([nested, 'socket hang up', '', '"quoted"', '{"code":"common.text"}', 'null'])('a stored text comes back: %s', (text) =>
  expect(fromStoredText(toStoredText(text))).toEqual(text),
)

it.each(['The server returned an error (500): out of memory', '12', '{"code":1}', '[]', ''])(
  'a text of an earlier version is shown as it is: %s',
  (text) => expect(fromStoredText(text)).toBe(text),
)
