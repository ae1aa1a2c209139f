import { expect, test } from 'vitest'
import { type KeyPress, matchesKeys, printKeys } from './keys'

/** "ctrl+shift:p/KeyP" → a key press. */
function press(text: string): KeyPress {
  const [modifiers = '', keys = ''] = text.split(':')
  const [key = '', code = ''] = keys.split('/')
  const has = (m: string): boolean => modifiers.split('+').includes(m)
  return { key, code, ctrlKey: has('ctrl'), metaKey: has('meta'), shiftKey: has('shift'), altKey: has('alt') }
}

test.each([
  ['Mod+K', 'ctrl:k/KeyK', false, true],
  ['Mod+K', 'meta:k/KeyK', true, true],
  ['Mod+K', 'ctrl:k/KeyK', true, false],
  ['Mod+K', 'ctrl+shift:K/KeyK', false, false],
  ['Mod+Shift+P', 'ctrl+shift:P/KeyP', false, true],
  ['Mod+P', 'ctrl+shift:P/KeyP', false, false],
  ['Mod+4', 'ctrl:4/Digit4', false, true],
  ['Mod+4', "ctrl:'/Digit4", false, true],
  ['Alt+W', 'alt:∑/KeyW', true, true],
  ['Alt+Down', 'alt:ArrowDown/ArrowDown', false, true],
  ['F5', ':F5/F5', false, true],
  ['F5', 'ctrl:F5/F5', false, false],
  ['Mod+K', ':k/KeyK', false, false],
])('%s is pressed by %s (mac %s): %s', (combination, keys, mac, expected) =>
  expect(matchesKeys(combination, press(keys), mac)).toBe(expected),
)

test('combinations are printed as the system writes them', () => {
  expect(printKeys('Mod+Shift+P', false)).toBe('Ctrl+Shift+P')
  expect(printKeys('Mod+Shift+P', true)).toBe('⌘⇧P')
})
