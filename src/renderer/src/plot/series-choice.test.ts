import { expect, test } from 'vitest'
import { seriesIndices } from './series-choice'

const whole = { start: 0, step: 1, count: 100 }

test.each([
  ['', []],
  ['3', [3]],
  ['0, 10,20', [0, 10, 20]],
  ['0:40:10', [0, 10, 20, 30]],
  ['-1, 97:', [99, 97, 98]],
  ['5, 5', [5]],
])('%s', (text, indices) => expect(seriesIndices(text, whole, 100)).toEqual({ indices, problem: null }))

test.each([
  ['1, x', [1], /“x” is no index/],
  ['1, 100', [1], /Index 100 is not in the slice/],
  ['0:100', [0, 1, 2, 3, 4, 5, 6, 7], /At most 8/],
  ['1:5:0', [], /step/],
])('%s is told what is wrong', (text, indices, problem) => {
  const found = seriesIndices(text, whole, 100)
  expect(found.indices).toEqual(indices)
  expect(found.problem).toMatch(problem)
})

test('indices that the slice steps over are not in it', () => {
  expect(seriesIndices('4', { start: 1, step: 2, count: 10 }, 100).problem).toMatch(/not in the slice/)
})
