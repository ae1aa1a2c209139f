import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTsv, writeTsv } from './tsv'

test.each<[string, (string | undefined)[][]]>([
  [
    '1\t2\n3\t4',
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  [
    '1\t2\r\n3\t4\r\n',
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  [
    '"a\tb"\t"say ""hi"""\n"two\nlines"\t',
    [
      ['a\tb', 'say "hi"'],
      ['two\nlines', ''],
    ],
  ],
  ['5" disk\t"a"b', [['5" disk', '"a"b']]],
  ['"not closed\tx', [['"not closed', 'x']]],
  ['1\n\n3\n', [['1'], [''], ['3']]],
  [
    '1\t2\n3',
    [
      ['1', '2'],
      ['3', undefined],
    ],
  ],
  ['', [['']]],
])('%j reads as %j', (text, rows) => {
  expect(readTsv(text)).toEqual(rows)
})

test('what is written reads back', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('', '"', '\t', '\n', '\r\n', '""', 'a"b', '=1+1'))
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
    )
  fc.assert(
    fc.property(table, (rows) => {
      const text = writeTsv(
        rows.map((row) => row.map((one) => ({ text: one, isText: true }))),
        false,
      )
      // A single empty cell at the end cannot be told from the end of the last line.
      const read = readTsv(
        rows.length > 1 && rows.at(-1)?.join('') === '' && rows[0]?.length === 1 ? `${text}\n` : text,
      )
      expect(read).toEqual(rows)
    }),
  )
})

test('only texts are guarded, and only those that look like formulas', () => {
  const row = [
    { text: '=HYPERLINK("x")', isText: true },
    { text: '-5', isText: false },
    { text: '@a', isText: true },
    { text: 'a=b', isText: true },
    { text: '\ta', isText: true },
  ]
  expect(writeTsv([row], true)).toBe(`"'=HYPERLINK(""x"")"\t-5\t'@a\ta=b\t"'\ta"`)
  expect(writeTsv([row], false)).toBe(`"=HYPERLINK(""x"")"\t-5\t@a\ta=b\t"\ta"`)
})
