import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MetadataError, UnsupportedError, ZarrscopeError } from '@shared/errors'
import { parseFill } from '@shared/dtype/fill'
import { parseV3DataType, v3DataType } from '@shared/dtype/v3-dtype'
import { toJsonValue } from '@shared/json/access'
import { parseJson } from '@shared/json/parse'
import { JsonFloat, type JsonValue } from '@shared/json/value'
import { checkPipeline } from '../codecs/pipeline'
import { isKnownCodec } from '../codecs/table'
import { corpusFolder } from '../testing/corpus'
import type { ArrayMetadata } from './array-metadata'
import { parseNode, type ParsedNode } from './parse-node'
import { arrayLayout } from './array-layout'

interface Case {
  id: string
  format: 1 | 2 | 3
  store: string
  store_kind: string
  path: string
  expect: 'ok' | 'error'
  when?: 'open' | 'read'
  node_type?: string
  dtype?: unknown
  shape?: number[]
  chunks?: number[] | null
  shards?: number[] | null
  chunk_edges?: number[][]
  nchunks?: number
  order?: string
  fill?: unknown
  undefined?: boolean
  dimension_names?: unknown
  attributes?: unknown
  dimension_separator?: string
  compression?: string
  compression_opts?: unknown
}

const FILES = ['zarr.json', '.zarray', '.zgroup', '.zattrs', '.zmetadata', 'meta', 'attrs']

function open(root: string, path: string, prefer: 1 | 2 | 3): ParsedNode | undefined {
  const documents = new Map<string, Uint8Array>()
  for (const name of FILES) {
    const file = join(root, path, name)
    if (existsSync(file)) documents.set(name, readFileSync(file))
  }
  return parseNode(path, documents, { prefer, checkPipeline, isKnownCodec })
}

/** JSON as manifests write it: what a double cannot hold is spelt out. */
function plain(value: JsonValue): unknown {
  if (typeof value === 'bigint') return { $int: value.toString() }
  if (value instanceof JsonFloat) value = value.value
  if (typeof value === 'number') {
    if (Number.isFinite(value) && !Object.is(value, -0)) return value
    return { $float: Object.is(value, -0) ? '-0.0' : String(value) }
  }
  if (Array.isArray(value)) return value.map(plain)
  return value instanceof Map ? Object.fromEntries([...value].map(([k, v]) => [k, plain(v)])) : value
}

const jsonOf = (name: string): JsonValue => (/^[[{]/.test(name) ? parseJson(name).value : name)

function checkArray(expected: Case, array: ArrayMetadata): void {
  const layout = arrayLayout(array)
  expect(array.zarrFormat).toBe(expected.format)
  expect(array.shape).toEqual(expected.shape)
  if (expected.dtype !== undefined) {
    const stated = jsonOf(array.dtypeName)
    // zarr-python reports one spelling of types that have several.
    const wanted = toJsonValue(expected.dtype)
    if (array.zarrFormat === 3)
      expect(v3DataType(parseV3DataType(stated))).toEqual(v3DataType(parseV3DataType(wanted)))
    else expect(stated).toEqual(wanted)
  }
  if (expected.chunks) expect(layout.chunks).toEqual(expected.chunks)
  if (expected.shards !== undefined && !expected.chunk_edges) expect(layout.shards).toEqual(expected.shards)
  if (expected.nchunks !== undefined) expect(layout.nchunks).toBe(BigInt(expected.nchunks))
  if (expected.order !== undefined) expect(array.order).toBe(expected.order)
  if (expected.fill !== undefined && plain(array.fillJson) !== expected.fill) {
    // Old spellings differ from what is reported, but mean the same item.
    const legacy = array.dtypeName.includes('"structured"')
    if (legacy) expect(array.fill).toEqual(parseFill(array.dtype!, toJsonValue(expected.fill), 3))
    else expect(plain(array.fillJson)).toEqual(expected.fill)
  }
  if (expected.format < 3 && expected.fill === null) expect(array.fill).toBeNull()
  else if (expected.fill !== undefined) expect(array.fill).not.toBeNull()
  if (expected.dimension_names !== undefined) expect(array.dimensionNames).toEqual(expected.dimension_names)
  if (expected.attributes !== undefined) {
    expect(plain(array.attributes)).toEqual(expected.attributes)
    expect(plain(parseJson(array.attributesText).value)).toEqual(expected.attributes)
  }
  if (expected.dimension_separator !== undefined)
    expect(array.keyEncoding.separator).toBe(expected.dimension_separator)
  if (expected.format === 1) {
    expect(plain(array.stored!.compression!)).toBe(expected.compression)
    expect(plain(array.stored!.compressionOpts!)).toEqual(expected.compression_opts ?? null)
  }
}

describe.each([
  ['zarr341-seed1', 670],
  ['zarr213-seed1', 145],
  ['format1-seed1', 63],
])('%s', (corpus, least) => {
  const folder = corpusFolder(corpus)
  const cases: Case[] = folder
    ? (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { cases: Case[] }).cases
    : []
  const folders = cases.filter(({ store_kind }) => store_kind === 'dir')

  test.skipIf(folder === undefined)('holds what it should', () => {
    expect(folders.length).toBeGreaterThanOrEqual(least)
  })

  test.each(folders.map((entry) => [entry.id, entry] as const))('%s', (_, expected) => {
    const run = (): ParsedNode | undefined =>
      open(join(folder!, expected.store), expected.path, expected.format)
    if (expected.expect === 'error' && expected.when === 'open') {
      // Broken documents throw; what is legal but unknown opens and says why its data is refused.
      try {
        const problem = run()?.metadata.problem
        expect(problem).toBeInstanceOf(ZarrscopeError)
        expect(problem instanceof MetadataError || problem instanceof UnsupportedError).toBe(true)
        expect(problem!.message.length).toBeGreaterThan(20)
      } catch (error) {
        expect(error).toBeInstanceOf(MetadataError)
        expect((error as MetadataError).key).toMatch(/\.(json|zarray)$/)
      }
      return
    }
    const { metadata } = run()!
    if (expected.node_type === 'group') {
      expect(metadata.kind).toBe('group')
      if (expected.attributes !== undefined) expect(plain(metadata.attributes)).toEqual(expected.attributes)
      return
    }
    if (metadata.kind !== 'array') throw new Error('not an array')
    if (expected.expect === 'ok') expect(metadata.problem?.message).toBeUndefined()
    if (expected.shape) checkArray(expected, metadata)
  })
})
