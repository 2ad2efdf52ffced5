// Licences allowed in a release under MIT.

/** Includes LGPL and MPL only because such parts are separate, unchanged files that anybody may replace. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
])

/**
 * Returns whether an SPDX expression allows a release under MIT: all of `A AND B`, one of `A OR B`.
 * @param {string | null | undefined} expression @returns {boolean}
 */
export function isAllowed(expression) {
  if (!expression) return false
  const text = expression.trim().replace(/^\((.*)\)$/, '$1')
  if (/[()]/.test(text)) return false // no package needs more than one level
  return text.split(' OR ').some((part) => part.split(' AND ').every((name) => ALLOWED.has(name.trim())))
}
