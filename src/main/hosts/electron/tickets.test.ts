import { expect, test } from 'vitest'
import { Tickets } from './tickets'

test('a path keeps its ticket; one for writing is another one, and opens as well', () => {
  const tickets = new Tickets()
  const read = tickets.issue('/a')
  const write = tickets.issue('/a', 'write')
  expect(tickets.issue('/a')).toBe(read)
  expect(tickets.issue('/a', 'write')).toBe(write)
  expect(tickets.resolve(read)).toBe('/a')
  expect(tickets.resolve(write)).toBe('/a')
  expect(tickets.resolveTarget(write)).toBe('/a')
})

test('nothing is written to what was chosen to be read, and nothing through made-up tickets', () => {
  const tickets = new Tickets()
  expect(() => tickets.resolveTarget(tickets.issue('/a'))).toThrow('was not chosen as a place to write to')
  expect(() => tickets.resolveTarget('/a')).toThrow('choose it again')
})
