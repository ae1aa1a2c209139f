import { expect, test } from 'vitest'
import { chunkGrid } from '../chunks/grid'
import { blockSelection } from './block-selection'

const regular = chunkGrid({ kind: 'regular', shape: [4, 3] }, [10, 7])

test('names the items of whole chunks, clipped at the edge', () => {
  const blocks = [
    { start: 2, step: 1, count: 1, drop: true },
    { start: 0, step: 1, count: 2 },
  ]
  expect(blockSelection(regular, blocks)).toEqual({
    kind: 'basic',
    dims: [
      { start: 8, step: 1, count: 2 },
      { start: 0, step: 1, count: 6 },
    ],
  })
})

test('follows chunks of different lengths', () => {
  const grid = chunkGrid({ kind: 'rectilinear', edges: [[2, 5, 1]] }, [8])
  expect(blockSelection(grid, [{ start: 1, step: 1, count: 2 }])).toEqual({
    kind: 'basic',
    dims: [{ start: 2, step: 1, count: 6 }],
  })
})

test('refuses steps', () => {
  const blocks = [
    { start: 0, step: 2, count: 2 },
    { start: 0, step: 1, count: 1 },
  ]
  expect(() => blockSelection(regular, blocks)).toThrow(/whole runs/)
})
