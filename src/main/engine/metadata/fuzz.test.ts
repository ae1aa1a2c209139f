import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ZarrscopeError } from '@shared/errors'
import { editJson } from '@shared/json/edit'
import { parseJsonTree, type JsonNode } from '@shared/json/tree'
import { JsonFloat, type JsonValue } from '@shared/json/value'
import { corpusFolder } from '../testing/corpus'
import { arrayInfoJson, describeArray } from './describe'
import { parseNode } from './parse-node'

const NAMES = ['zarr.json', '.zarray', 'meta']

/** The documents of a corpus of at most a few kilobytes, one of each kind of shape. */
function documents(): { name: string; text: string }[] {
  const found = new Map<string, { name: string; text: string }>()
  const visit = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) visit(path)
      else if (NAMES.includes(name)) {
        const text = readFileSync(path, 'utf8')
        if (text.length < 4000) found.set(text.replace(/\d+/g, '0'), { name, text })
      }
    }
  }
  for (const corpus of ['zarr341-seed1', 'zarr213-seed1', 'format1-seed1']) {
    const folder = corpusFolder(corpus)
    if (folder !== undefined) visit(folder)
  }
  return [...found.values()]
}

/** Paths of every value of a document, the root left out. */
function paths(node: JsonNode, path: (string | number)[] = []): (string | number)[][] {
  const below =
    node.kind === 'array'
      ? node.items.map((item, i) => ({ step: i, item }))
      : node.kind === 'object'
        ? node.members.map(({ name, value }) => ({ step: name, item: value }))
        : []
  return [
    ...(path.length > 0 ? [path] : []),
    ...below.flatMap(({ step, item }) => paths(item, [...path, step])),
  ]
}

const nasty: JsonValue[] = [
  ...[
    null,
    true,
    0,
    -1,
    1,
    1.5,
    2 ** 31,
    2 ** 53 - 1,
    2n ** 64n,
    new JsonFloat('1.0'),
    new JsonFloat('1e400'),
    NaN,
    Infinity,
  ],
  ...['', 'x', '<i4', '|O', '>M8[7s]', 'little', 'sharding_indexed', '__proto__', '0x00', '\u0000'],
  ...[[], [[]], [0], [1, 1, 1], [['a', '<i4']], Array<number>(70).fill(1)],
  new Map<string, JsonValue>(),
  new Map<string, JsonValue>([['name', 'bytes']]),
  new Map<string, JsonValue>([['id', 'pickle']]),
  new Map<string, JsonValue>([['must_understand', false]]),
]

const originals = documents()

test.skipIf(originals.length === 0)('damaged documents open, or fail in words', () => {
  const mutation = fc.record({ path: fc.nat(), value: fc.constantFrom(...nasty), remove: fc.boolean() })
  fc.assert(
    fc.property(
      fc.constantFrom(...originals),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      (original, mutations) => {
        try {
          let { text } = original
          for (const { path, value, remove } of mutations) {
            const all = paths(parseJsonTree(text))
            if (all.length === 0) break
            text = editJson(
              text,
              all[path % all.length]!,
              remove ? { kind: 'delete' } : { kind: 'set', value },
            )
          }
          const node = parseNode('a', new Map([[original.name, text]]))
          if (node?.metadata.kind === 'array') {
            const { metadata } = node
            describeArray(metadata, '')
            arrayInfoJson(metadata)
            expect(metadata.shape.every((length) => Number.isSafeInteger(length) && length >= 0)).toBe(true)
            if (metadata.dtype === null) expect(metadata.problem).toBeDefined()
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ZarrscopeError)
        }
      },
    ),
    { seed: 77, numRuns: 800 },
  )
})
