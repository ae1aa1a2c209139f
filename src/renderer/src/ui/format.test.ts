import { describe, expect, test } from 'vitest'
import {
  dtypeLabel,
  fillText,
  formatBytes,
  formatCount,
  formatRatio,
  formatRegion,
  formatShape,
  formatShare,
  formatWhen,
  printable,
  shorten,
} from './format'

describe('numbers', () => {
  test.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1.0 KiB'],
    [1048575, '1.0 MiB'],
    [2306867, '2.2 MiB'],
    [400000000, '381.5 MiB'],
    [2 ** 70, '1024.0 EiB'],
  ])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

  test('counts have separators at any size', () => {
    expect(formatCount(1240)).toBe('1,240')
    expect(formatCount(2 ** 53)).toBe('9,007,199,254,740,992')
  })

  test.each([
    [[], '()'],
    [[5], '(5,)'],
    [[365, 721], '(365, 721)'],
  ])('shape %j is %s', (shape, text) => expect(formatShape(shape)).toBe(text))

  test('a share is 0 % or 100 % only when it is exactly that', () => {
    expect(formatShare(0, 10)).toBe('0 %')
    expect(formatShare(1, 1e9)).toBe('< 0.1 %')
    expect(formatShare(1e9 - 1, 1e9)).toBe('> 99.9 %')
    expect(formatShare(7, 7)).toBe('100 %')
    expect(formatShare(0, 0)).toBe('–')
  })

  test('a ratio without stored bytes is no number', () => {
    expect(formatRatio(400, 0)).toBe('–')
    expect(formatRatio(341, 2)).toBe('170.5')
  })

  test('a region reads like a NumPy selection', () =>
    expect(formatRegion([0, 103], [24, 103])).toBe('0:24, 103:206'))
})

describe('names from stores', () => {
  test('characters that reorder or hide text become visible', () => {
    expect(printable('a\u202egpj.exe')).toBe('a\\u202egpj.exe')
    expect(printable('tab\tnul\0')).toBe('tab\\u0009nul\\u0000')
    expect(printable('Größe µ 温度')).toBe('Größe µ 温度')
  })
  test('long texts end in an ellipsis', () => {
    expect(shorten('abcdef', 6)).toBe('abcdef')
    expect(shorten('abcdefg', 6)).toBe('abcde…')
  })
})

test('dates are told from today backwards', () => {
  const now = new Date(2026, 4, 10, 9, 30).getTime()
  expect(formatWhen(new Date(2026, 4, 10, 8, 5).getTime(), now)).toBe('today 08:05')
  expect(formatWhen(new Date(2026, 4, 9, 23, 59).getTime(), now)).toBe('yesterday')
  expect(formatWhen(new Date(2026, 4, 1).getTime(), now)).toBe('9 days ago')
  expect(formatWhen(new Date(2025, 0, 3).getTime(), now)).toBe('2025-01-03')
})

test.each([
  ['<f4', '<f4'],
  ['float32', 'float32'],
  ['{"name":"numpy.datetime64","configuration":{"unit":"D","scale_factor":1}}', 'datetime64[D]'],
  ['{"name":"numpy.timedelta64","configuration":{"unit":"s","scale_factor":10}}', 'timedelta64[10s]'],
  ['{"name":"null_terminated_bytes","configuration":{"length_bytes":5}}', 'null_terminated_bytes(5)'],
  ['{"name":"struct","configuration":{"fields":[]}}', 'struct'],
  ['[["a","<f4"],["pos","<f8",[3]]]', 'struct(a, pos)'],
  ['{broken', '{broken'],
])('the data type %s is labelled %s', (dtype, label) => expect(dtypeLabel(dtype)).toBe(label))

test('NaN is no text as a fill value of numbers, a text stays one', () => {
  expect(fillText({ fillValueJson: '"NaN"', dtype: { kind: 'float' } })).toBe('NaN')
  expect(fillText({ fillValueJson: '["NaN",0]', dtype: { kind: 'complex' } })).toBe('[NaN,0]')
  expect(fillText({ fillValueJson: '"NaN"', dtype: { kind: 'text' } })).toBe('"NaN"')
  expect(fillText({ fillValueJson: '0', dtype: null })).toBe('0')
  const date = { fillValueJson: '-9223372036854775808', fillShown: 'NaT', dtype: { kind: 'datetime' } }
  expect(fillText(date)).toBe('NaT')
})
