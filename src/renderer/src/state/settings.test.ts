import { expect, test } from 'vitest'
import { parseSettings } from './settings'

const defaults = parseSettings(null)

test.each([
  ['nothing stored', null],
  ['no JSON', '{'],
  ['no object', '5'],
  ['null', 'null'],
  ['wrong types', '{"explorerOpen": "yes", "explorerWidth": "wide", "inspectorWidth": null}'],
  ['silly sizes', '{"explorerWidth": 4, "inspectorWidth": 1e9}'],
])('%s: the defaults', (_what, text) => expect(parseSettings(text)).toEqual(defaults))

test('what is stored counts, what is unknown does not', () => {
  expect(parseSettings('{"explorerOpen": false, "explorerWidth": 301.4, "other": 1}')).toEqual({
    ...defaults,
    explorerOpen: false,
    explorerWidth: 301,
  })
})
