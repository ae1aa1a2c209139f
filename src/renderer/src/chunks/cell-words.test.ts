import { describe, expect, test } from 'vitest'
import { cellSentence, cellTitle } from './cell-words'
import type { CellInfo } from './map-model'

const one: CellInfo = {
  coords: [1, 0],
  extent: [1, 1],
  region: { start: [2, 0], shape: [2, 3] },
  initialized: 1,
  total: 1,
  bytes: 24,
  findings: { fillOnly: 0, corrupt: 0, edited: 0 },
  measured: undefined,
  single: true,
}
const several: CellInfo = { ...one, extent: [4, 1], initialized: 3, total: 4, bytes: 96, single: false }

describe('words for a cell', () => {
  test.each<[string, Partial<CellInfo>, string]>([
    ['stored', {}, 'Chunk (1, 0): region [2:4, 0:3]: 48 B → 24 B, ratio 2.0'],
    ['missing', { initialized: 0, bytes: 0 }, 'Chunk (1, 0): region [2:4, 0:3]: 48 B → missing'],
    [
      'edited',
      { findings: { fillOnly: 1, corrupt: 0, edited: 1 } },
      'Chunk (1, 0): region [2:4, 0:3]: 48 B → 24 B, ratio 2.0, nothing but the fill value, edited',
    ],
  ])('%s', (_what, more, sentence) => expect(cellSentence({ ...one, ...more }, 48)).toBe(sentence))

  test('of several chunks counts are told', () => {
    expect(cellSentence({ ...several, findings: { fillOnly: 0, corrupt: 1, edited: 0 } }, 48)).toBe(
      '4 chunks (1–4, 0): region [2:4, 0:3]: 3 stored, 1 missing, 96 B, ratio 1.5, 1 cannot be decoded',
    )
    expect(cellTitle({ ...several, extent: null, region: null })).toBe('4 chunks (from 1, 0 on)')
  })

  test('a chunk without dimensions, and one that is known to be damaged', () => {
    const scalar = { ...one, coords: [], extent: [], region: { start: [], shape: [] } }
    expect(cellSentence(scalar, 0, 'why')).toBe('Chunk (): 24 B, cannot be decoded')
    const inBadShard = { ...one, initialized: 0, bytes: 0 }
    expect(cellSentence(inBadShard, 48, 'why')).toBe(
      'Chunk (1, 0): region [2:4, 0:3]: 48 B → cannot be decoded',
    )
  })

  test('chunks of a grid of several sizes are told by their own', () => {
    const raw = { stored: 96, chunk: 96 }
    expect(cellSentence({ ...one, raw }, 48)).toContain('96 B → 24 B, ratio 4.0')
    expect(cellSentence({ ...several, raw }, 48)).toContain('96 B, ratio 1.0')
  })
})
