import { describe, expect, test } from 'vitest'
import { floatWords } from './item-words'
import { arrayRepr, arrayText, shownItems } from './numpy-text'

/** What NumPy 2.4 prints with `floatmode='unique'`, for arrays given by the texts of their items. */
const RECORDED: { name: string; shape: number[]; float: boolean; items: string[]; text: string }[] = [
  {
    name: 'arange 12x5 i4',
    shape: [12, 5],
    float: false,
    items:
      '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59'.split(
        ' ',
      ),
    text: `[[ 0,  1,  2,  3,  4],
       [ 5,  6,  7,  8,  9],
       [10, 11, 12, 13, 14],
       [15, 16, 17, 18, 19],
       [20, 21, 22, 23, 24],
       [25, 26, 27, 28, 29],
       [30, 31, 32, 33, 34],
       [35, 36, 37, 38, 39],
       [40, 41, 42, 43, 44],
       [45, 46, 47, 48, 49],
       [50, 51, 52, 53, 54],
       [55, 56, 57, 58, 59]]`,
  },
  {
    name: 'long row',
    shape: [73],
    float: false,
    items:
      '0 137 274 411 548 685 822 959 1096 1233 1370 1507 1644 1781 1918 2055 2192 2329 2466 2603 2740 2877 3014 3151 3288 3425 3562 3699 3836 3973 4110 4247 4384 4521 4658 4795 4932 5069 5206 5343 5480 5617 5754 5891 6028 6165 6302 6439 6576 6713 6850 6987 7124 7261 7398 7535 7672 7809 7946 8083 8220 8357 8494 8631 8768 8905 9042 9179 9316 9453 9590 9727 9864'.split(
        ' ',
      ),
    text: `[   0,  137,  274,  411,  548,  685,  822,  959, 1096, 1233, 1370,
       1507, 1644, 1781, 1918, 2055, 2192, 2329, 2466, 2603, 2740, 2877,
       3014, 3151, 3288, 3425, 3562, 3699, 3836, 3973, 4110, 4247, 4384,
       4521, 4658, 4795, 4932, 5069, 5206, 5343, 5480, 5617, 5754, 5891,
       6028, 6165, 6302, 6439, 6576, 6713, 6850, 6987, 7124, 7261, 7398,
       7535, 7672, 7809, 7946, 8083, 8220, 8357, 8494, 8631, 8768, 8905,
       9042, 9179, 9316, 9453, 9590, 9727, 9864]`,
  },
  {
    name: 'floats',
    shape: [5],
    float: true,
    items: '0.1 0.25 1.0 -3.5 nan'.split(' '),
    text: `[ 0.1 ,  0.25,  1.  , -3.5 ,   nan]`,
  },
  {
    name: 'wide range',
    shape: [3],
    float: true,
    items: '1e-09 1.0 12345.678'.split(' '),
    text: `[1.0000000e-09, 1.0000000e+00, 1.2345678e+04]`,
  },
  {
    name: 'exp',
    shape: [3],
    float: true,
    items: '10000000000.0 25000000000.0 -1.0'.split(' '),
    text: `[ 1.0e+10,  2.5e+10, -1.0e+00]`,
  },
  {
    name: 'inf',
    shape: [2, 2],
    float: true,
    items: 'inf -inf 0.0 -0.0'.split(' '),
    text: `[[ inf, -inf],
       [  0.,  -0.]]`,
  },
  {
    name: 'f4',
    shape: [3],
    float: true,
    items: '0.1 2.7 0.001'.split(' '),
    text: `[1.0e-01, 2.7e+00, 1.0e-03]`,
  },
  {
    name: 'small',
    shape: [2],
    float: true,
    items: '1e-05 2e-05'.split(' '),
    text: `[1.e-05, 2.e-05]`,
  },
  {
    name: '3d',
    shape: [2, 3, 4],
    float: false,
    items: '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23'.split(' '),
    text: `[[[ 0,  1,  2,  3],
        [ 4,  5,  6,  7],
        [ 8,  9, 10, 11]],

       [[12, 13, 14, 15],
        [16, 17, 18, 19],
        [20, 21, 22, 23]]]`,
  },
  {
    name: 'bool',
    shape: [1, 2],
    float: false,
    items: 'True False'.split(' '),
    text: `[[ True, False]]`,
  },
  {
    name: '1e100',
    shape: [2],
    float: true,
    items: '1e+100 1.0'.split(' '),
    text: `[1.e+100, 1.e+000]`,
  },
  {
    name: 'zeros',
    shape: [2],
    float: true,
    items: '0.0 0.0'.split(' '),
    text: `[0., 0.]`,
  },
  {
    name: 'long floats',
    shape: [30],
    float: true,
    items:
      '0.0 0.034482758620689655 0.06896551724137931 0.10344827586206896 0.13793103448275862 0.1724137931034483 0.20689655172413793 0.24137931034482757 0.27586206896551724 0.3103448275862069 0.3448275862068966 0.3793103448275862 0.41379310344827586 0.4482758620689655 0.48275862068965514 0.5172413793103449 0.5517241379310345 0.5862068965517241 0.6206896551724138 0.6551724137931034 0.6896551724137931 0.7241379310344828 0.7586206896551724 0.7931034482758621 0.8275862068965517 0.8620689655172413 0.896551724137931 0.9310344827586207 0.9655172413793103 1.0'.split(
        ' ',
      ),
    text: `[0.                  , 0.034482758620689655, 0.06896551724137931 ,
       0.10344827586206896 , 0.13793103448275862 , 0.1724137931034483  ,
       0.20689655172413793 , 0.24137931034482757 , 0.27586206896551724 ,
       0.3103448275862069  , 0.3448275862068966  , 0.3793103448275862  ,
       0.41379310344827586 , 0.4482758620689655  , 0.48275862068965514 ,
       0.5172413793103449  , 0.5517241379310345  , 0.5862068965517241  ,
       0.6206896551724138  , 0.6551724137931034  , 0.6896551724137931  ,
       0.7241379310344828  , 0.7586206896551724  , 0.7931034482758621  ,
       0.8275862068965517  , 0.8620689655172413  , 0.896551724137931   ,
       0.9310344827586207  , 0.9655172413793103  , 1.                  ]`,
  },
]

describe('the text of arrays', () => {
  test.each(RECORDED)('is what NumPy prints: $name', ({ shape, float, items, text }) => {
    const width = Math.max(...items.map((t) => t.length))
    const words = float ? floatWords(items) : items.map((t) => t.padStart(width))
    expect(arrayText({ shown: shape, gaps: shape.map(() => 0), words }, 'array(')).toBe(text)
  })

  test('leaves out the middle of a dimension with an ellipsis', () => {
    const words = ['0', '1', '2', '9997', '9998', '9999'].map((t) => t.padStart(4))
    expect(arrayText({ shown: [6], gaps: [3], words })).toBe('[   0,    1,    2, …, 9997, 9998, 9999]')
  })

  test('leaves out the middle rows of a matrix', () => {
    const words = Array.from({ length: 12 }, (_, i) => String(i).padStart(2))
    expect(arrayText({ shown: [6, 2], gaps: [3, 0], words })).toBe(
      '[[ 0,  1],\n [ 2,  3],\n [ 4,  5],\n …,\n [ 6,  7],\n [ 8,  9],\n [10, 11]]',
    )
  })

  test('prints a 0-d array as its item and an empty one as brackets', () => {
    expect(arrayText({ shown: [], gaps: [], words: ['42'] })).toBe('42')
    expect(arrayText({ shown: [0, 3], gaps: [0, 0], words: [] })).toBe('[]')
  })

  test.each([
    [[6], ['0', '1', '2', '3', '4', '5'], 'int32', 'array([0, 1, 2, 3, 4, 5], dtype=int32)'],
    [[2], ['0', '1'], 'int64', 'array([0, 1])'],
    [[0], [], 'float64', 'array([], dtype=float64)'],
    [[0, 3], [], 'int32', 'array([], shape=(0, 3), dtype=int32)'],
    [[2], ["'a'", "'bb'"], '<U2', "array(['a', 'bb'], dtype='<U2')"],
    [
      [1],
      ['(1, 2.0)'],
      "[('a', '<i4'), ('b', '<f8')]",
      "array([(1, 2.0)], dtype=[('a', '<i4'), ('b', '<f8')])",
    ],
    [
      [2],
      ["'1970-01-02'", "'1970-01-03'"],
      'datetime64[D]',
      "array(['1970-01-02', '1970-01-03'], dtype='datetime64[D]')",
    ],
  ])('names the data type where NumPy does: %j %j %s', (shown, words, name, text) => {
    expect(arrayRepr({ shown, gaps: shown.map(() => 0), words }, name)).toBe(text)
  })

  test('shows everything up to 1000 items and three at either end beyond', () => {
    expect(shownItems([10, 100])).toEqual([
      { count: 10, gap: 0 },
      { count: 100, gap: 0 },
    ])
    expect(shownItems([5, 1e12])).toEqual([
      { count: 5, gap: 0 },
      { count: 6, gap: 3 },
    ])
  })
})
