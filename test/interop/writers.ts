/** The two ways in which everything is written: by the library and by the command line. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '../../src/main/cli/testing/run'
import {
  zeros,
  type ItemValue,
  group,
  open,
  ZipStore,
  type AttributeValue,
  type CreateOptions,
} from '../../src/main/library'
import type { Sample } from './samples'

/** How an array is made: the library's options, as far as the command line knows them too. */
export type ArrayOptions = Pick<
  CreateOptions,
  'chunks' | 'shards' | 'order' | 'separator' | 'compressor' | 'filters' | 'attributes' | 'dimensionNames'
> & {
  shape: number[]
  dtype: string
  zarrFormat: 1 | 2 | 3
  fillValue?: ItemValue
  /** The same fill value as the command line takes it. */
  fill?: string
}

/** Items with their shape, as values and as bytes. */
export type Block = Pick<Sample, 'data' | 'bytes'> & { shape: number[] }

/** An attribute as a value and as the same in JSON. */
export interface Attribute {
  name: string
  value: AttributeValue
  json: string
}

export interface Writer {
  readonly by: string
  create(store: string, node: string, options: ArrayOptions): Promise<void>
  set(
    store: string,
    node: string,
    selection: string,
    block: Block,
    options?: Pick<CreateOptions, 'writeEmptyChunks'>,
  ): Promise<void>
  resize(store: string, node: string, shape: number[]): Promise<void>
  append(store: string, node: string, block: Block & { dtype: string }, axis: number): Promise<void>
  group(store: string, node: string, zarrFormat: 2 | 3): Promise<void>
  attribute(store: string, node: string, attribute: Attribute): Promise<void>
}

/** A zip is opened, changed and saved as one. */
async function within<T>(store: string, work: (store: string | ZipStore) => Promise<T>): Promise<T> {
  if (!store.endsWith('.zip')) return work(store)
  const zip = new ZipStore(store, { mode: 'a' })
  const result = await work(zip)
  await zip.close()
  return result
}

const library: Writer = {
  by: 'the library',
  create: (store, path, { fill: _, ...options }) =>
    within(store, async (target) => {
      await zeros({ ...options, store: target, path })
    }),
  set: (store, path, selection, { data, shape }, options = {}) =>
    within(store, async (target) => {
      const array = await open(target, { path, mode: 'r+', ...options })
      await array.set(selection, { data, shape })
    }),
  resize: (store, path, shape) =>
    within(store, async (target) => (await open(target, { path, mode: 'r+' })).resize(shape)),
  append: (store, path, { data, shape }, axis) =>
    within(store, async (target) => (await open(target, { path, mode: 'r+' })).append({ data, shape }, axis)),
  group: (store, path, zarrFormat) =>
    within(store, async (target) => {
      await group({ store: target, path, zarrFormat })
    }),
  attribute: (store, path, { name, value }) =>
    within(store, async (target) => (await open(target, { path, mode: 'r+' })).attrs.set(name, value)),
}

const commandLine: Writer = {
  by: 'the command line',
  create: (store, node, options) => command(['create', join(store, node), ...words(options)]),
  set: (store, node, selection, { bytes }) => command(['set', join(store, node), selection, '-'], bytes),
  resize: (store, node, shape) => command(['resize', join(store, node), shape.join(','), '--yes']),
  append: async (store, node, { dtype, shape, ...block }, axis) => {
    // What is appended comes from an array of its own.
    const source = join(dirname(store), 'appended.zarr')
    mkdirSync(dirname(source), { recursive: true })
    await command(['create', source, '--shape', shape.join(','), '--dtype', dtype, '--mode', 'w'])
    await commandLine.set(source, '', '...', { ...block, shape })
    await command(['append', join(store, node), source, '--axis', String(axis)])
  },
  group: (store, node, zarrFormat) =>
    command(['group', join(store, node), '--zarr-format', String(zarrFormat)]),
  attribute: (store, node, { name, json }) => command(['attrs', join(store, node), `${name}=${json}`]),
}

export const WRITERS: readonly Writer[] = [library, commandLine]

function words(options: ArrayOptions): string[] {
  const { shape, dtype, zarrFormat, chunks, shards, order, separator, compressor, filters, fill } = options
  const spec = (codec: unknown): string => (typeof codec === 'string' ? codec : JSON.stringify(codec))
  const list = (values: readonly unknown[]): string => values.join(',')
  return [
    ...['--shape', list(shape), '--dtype', dtype, '--zarr-format', String(zarrFormat)],
    ...(Array.isArray(chunks) ? ['--chunks', list(chunks)] : []),
    ...(shards ? ['--shards', list(shards)] : []),
    ...(order ? ['--order', order] : []),
    ...(separator ? ['--separator', separator] : []),
    ...(compressor === undefined ? [] : ['--compressor', compressor === null ? 'none' : spec(compressor)]),
    ...(filters ?? []).flatMap((filter) => ['--filter', spec(filter)]),
    ...(fill === undefined ? [] : ['--fill', fill]),
    ...(options.dimensionNames ? ['--dims', list(options.dimensionNames)] : []),
    ...(options.attributes ? ['--attrs', JSON.stringify(options.attributes)] : []),
  ]
}

async function command(argv: string[], bytes?: Uint8Array): Promise<void> {
  const input = bytes && stream(bytes)
  const { status, err } = await run(argv, input ? { input } : {})
  if (status !== 0) throw new Error(`zarrscope ${argv.join(' ')}: ${err}`)
}

async function* stream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
