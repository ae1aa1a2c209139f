import { expect, test } from 'vitest'
import { fileName } from '../ui/download'
import { csvText } from './csv'

test('cells that would be misread are quoted', () => {
  const rows = [
    ['a', 'b, c', 'say "x"'],
    ['1152921504606846977', ' left', 'two\nlines'],
  ]
  expect(csvText(rows)).toBe('a,"b, c","say ""x"""\r\n1152921504606846977," left","two\nlines"\r\n')
  expect(csvText([])).toBe('')
})

test.each([
  ['climate/t2m.csv', 'climate-t2m.csv'],
  ['../../etc', 'etc'],
  ['a:b*c?.png', 'a-b-c-.png'],
  ['', 'plot'],
  ['...', 'plot'],
])('%s is saved as %s', (name, expected) => expect(fileName(name)).toBe(expected))
