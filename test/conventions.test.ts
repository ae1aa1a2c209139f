import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toJsonValue } from '@shared/json/access'
import type { JsonObject } from '@shared/json/value'
import { corpusFolder } from '@engine/testing/corpus'
import { run } from '../src/main/cli/testing/run'
import { recogniseConventions } from '../src/renderer/src/overview/conventions'
import { cfPacking, type CfPacking } from '../src/renderer/src/slicer/cf-packing'

/** A variable of a store that follows the CF conventions, and what xarray makes of it. */
interface Variable {
  id: string
  format: number
  store: string
  path: string
  dims: string[]
  decoded: (number | string | boolean)[]
  decoded_kind: string
}

interface Info {
  attributes: Record<string, unknown>
  dimensionNames: string[] | null
  fillValue: unknown
}

const folder = corpusFolder('conventions-seed1')!
const { cases } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { cases: Variable[] }

const printed = async <T>(...argv: string[]): Promise<T> => JSON.parse((await run(argv)).out) as T
const numbers = (value: unknown): number[] => [value].flat(Infinity).map(Number)

/** Times as xarray prints them, in the kind that the corpus asks for. */
function isoText(text: string, kind: string): string {
  const [date = '', clock = '00:00:00'] = text.split(' ')
  const [seconds = '', fraction = ''] = (clock.length === 5 ? `${clock}:00` : clock).split('.')
  return `${date}T${seconds}${kind === 'iso8601-ms' ? `.${fraction.padEnd(3, '0')}` : ''}`
}

const valueOf = (stored: number, { scale, offset, masked }: CfPacking): number =>
  masked.some((text) => Object.is(Number(text), stored)) ? NaN : stored * scale + offset

test('the corpus has every calendar, packed and masked numbers', () => {
  const kinds = new Set(cases.map(({ decoded_kind }) => decoded_kind))
  expect(kinds.size).toBeGreaterThan(10)
  expect(cases.length).toBe(46)
})

test.each(cases.map((one) => [one.id, one] as const))(
  '%s',
  async (_, { store, path, format, dims, ...one }) => {
    const place = join(folder, store, path)
    const { attributes, dimensionNames, fillValue } = await printed<Info>('info', place, '--json')
    expect(dimensionNames ?? []).toEqual(dims)
    const stored = (await printed<{ data: unknown }>('get', place, '--json')).data
    // The fill value of a format 2 array stands for `_FillValue`, as xarray reads it.
    const masks = format === 2 && fillValue !== null && fillValue !== 0 ? { _FillValue: fillValue } : {}
    const json = toJsonValue({ ...masks, ...attributes }) as JsonObject
    const packing = cfPacking(json)
    const facts = recogniseConventions(json, undefined).flatMap(({ facts: list }) =>
      list.map(({ label }) => label),
    )
    for (const [key, label] of [
      ['units', 'units'],
      ['calendar', 'calendar'],
      ['scale_factor', 'scale factor'],
      ['coordinates', 'coordinates'],
    ] as const)
      expect([key, facts.includes(label)]).toEqual([key, key in attributes])
    if (/^(iso|calendar)/.test(one.decoded_kind)) {
      const texts = numbers(stored).map((value) => isoText(packing?.time?.(value) ?? '', one.decoded_kind))
      expect(texts).toEqual(one.decoded)
    } else if (/^float/.test(one.decoded_kind) && attributes['_Unsigned'] === undefined) {
      const plain = packing ?? { scale: 1, offset: 0, masked: [], time: null }
      const found = numbers(stored).map((value) => valueOf(value, plain))
      const rounded = (values: readonly unknown[]): string[] =>
        values.map((value) => Number(value).toPrecision(12))
      expect(rounded(found)).toEqual(rounded(one.decoded))
    } else expect(packing).toBeNull()
  },
)
