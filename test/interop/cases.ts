/** Everything that is written, one small array each, and the bytes that every reader must find in it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CLAIMS, type Format, type Group } from './claims'
import { codecCases } from './codec-cases'
import { fillCases } from './fill-cases'
import { hierarchyCases } from './hierarchy-cases'
import { laterCases } from './later-cases'
import { layoutCases } from './layout-cases'
import { CHUNKS, SAMPLES, SHAPE, type Sample } from './samples'
import type { ArrayOptions, Writer } from './writers'

/** What a reader must find. */
export interface Found {
  shape: number[]
  bytes: Uint8Array
  /** JSON with sorted keys and without spaces, as Python writes it. */
  attributes?: string
  dimensions?: string[]
  /** Paths of all nodes below the root, sorted. */
  tree?: string[]
}

export interface Case {
  group: Group
  /** The row of the support table that it belongs to. */
  feature: string
  /** Tells the cases of one feature apart. */
  variant?: string
  format: Format
  /** Of the items, as NumPy names it. */
  dtype: string
  form: Sample['form']
  isZip?: boolean
  /** Below groups, as a reader that lists them finds it; with their documents in one place only. */
  hierarchy?: 'groups' | 'consolidated'
  /** Package that Python needs for it besides. */
  needs?: string
  /** Writes the array at a node of a store that is not there yet. */
  write(writer: Writer, store: string, node: string): Promise<Found>
}

/** What a case changes of the usual array: a sample in four chunks. */
export interface Changes {
  sample?: string
  options?: Partial<ArrayOptions>
  /** Changes the `zarr.json` for what no option says, before anything is written. */
  edit?: (document: ArrayDocument) => void
  needs?: string
  /** Shape of the array and its number of items, which are the first of the sample. */
  shape?: number[]
}

/** The members of a format 3 document that cases change. */
export interface ArrayDocument {
  codecs: { name: string; configuration?: Record<string, unknown> }[]
  chunk_grid: { name: string; configuration: Record<string, unknown> }
  chunk_key_encoding: { name: string; configuration: { separator: string } }
  fill_value: unknown
}

/** A case that writes the whole array in one go. */
export function plainCase(
  group: Group,
  feature: string,
  format: Format,
  { sample: name = 'int32', options = {}, edit, needs, shape = SHAPE }: Changes = {},
  variant = '',
): Case {
  const sample = SAMPLES[name]!
  const { form } = sample
  const dtype = options.dtype ?? sample.dtype
  return {
    ...{ group, feature, variant, format, dtype, form },
    ...(needs !== undefined && { needs }),
    async write(writer, store, node) {
      await writer.create(store, node, arrayOptions(sample, format, { shape, ...options }))
      if (edit) editDocument(join(store, node, 'zarr.json'), edit)
      const block = blockOf(sample, shape)
      await writer.set(store, node, '...', block)
      return { shape, bytes: block.bytes }
    },
  }
}

/** Options for a sample: chunks as everywhere, the object codec that its type needs. */
export function arrayOptions(
  { dtype, filter }: Sample,
  zarrFormat: Format,
  changes: Partial<ArrayOptions> & { shape: number[] },
): ArrayOptions {
  const filters = [...(filter ? [filter] : []), ...(changes.filters ?? [])]
  const { shape } = changes
  return {
    dtype,
    zarrFormat,
    chunks: CHUNKS.slice(0, shape.length),
    ...changes,
    ...(filters.length > 0 && { filters }),
  }
}

/** The first items of a sample in a shape. */
export function blockOf(
  { data, bytes, form }: Sample,
  shape: readonly number[],
): { data: Sample['data']; shape: number[]; bytes: Uint8Array } {
  const count = shape.reduce((n, length) => n * length, 1)
  const all = SHAPE[0]! * SHAPE[1]!
  if (count === all) return { data, bytes, shape: [...shape] }
  if (form !== 'fixed') throw new Error('only whole samples of varying length')
  const part = <T extends { length: number; slice(a: number, b: number): T }>(list: T): T =>
    list.slice(0, (list.length / all) * count)
  return { data: part(data as never), bytes: part(bytes), shape: [...shape] }
}

export function editDocument(file: string, edit: (document: ArrayDocument) => void): void {
  const document = JSON.parse(readFileSync(file, 'utf8')) as ArrayDocument
  edit(document)
  writeFileSync(file, JSON.stringify(document))
}

const typeCases = (): Case[] =>
  CLAIMS.filter(({ group }) => group === 'type').flatMap(({ feature }) =>
    formatsOf('type', feature).map((format) => plainCase('type', feature, format, { sample: feature })),
  )

/** The formats that a feature is claimed for. */
export function formatsOf(group: Group, feature: string): Format[] {
  const claim = CLAIMS.find((one) => one.group === group && one.feature === feature)
  if (!claim) throw new Error(`nothing is claimed of ${group} ${feature}`)
  return Object.keys(claim.readers).map((format) => Number(format) as Format)
}

export const allCases = (): Case[] => [
  ...typeCases(),
  ...codecCases(),
  ...layoutCases(),
  ...fillCases(),
  ...laterCases(),
  ...hierarchyCases(),
]
