/** Validation of edits and jobs as they come from a window: see model/edits and model/jobs. */
import * as v from 'valibot'
import type { DataTypeSpec } from '../dtype/spec'
import { dims, dimSlice, index, nodePath, storeId, text, ticket } from './schemas'

const MAX_CELL_BYTES = 32 * 2 ** 20

const jsonText = text(16 * 2 ** 20)
const word = text(65536)
const fileRef = v.object({ ticket, path: text(4096) })

const fill = v.variant('kind', [
  v.object({ kind: v.literal('constant'), text: text(2 ** 20) }),
  v.object({ kind: v.literal('arange'), start: text(256), step: text(256) }),
  v.object({ kind: v.literal('linspace'), start: text(256), stop: text(256) }),
  v.object({
    kind: v.literal('random'),
    distribution: v.picklist(['uniform', 'normal']),
    low: text(256),
    high: text(256),
    seed: index,
  }),
  v.object({ kind: v.literal('expression'), text: text(4096) }),
  v.object({ kind: v.literal('file'), file: fileRef }),
])

const step = v.union([text(65536), index])
const steps = v.pipe(v.array(step), v.maxLength(512))
const attributeChange = v.variant('op', [
  v.object({ op: v.picklist(['set', 'insert']), path: steps, json: jsonText }),
  v.object({ op: v.literal('delete'), path: steps }),
  v.object({ op: v.literal('rename'), path: steps, name: text(65536) }),
  v.object({ op: v.literal('move'), path: steps, to: index }),
])

const lengths = dims(v.nullable(v.pipe(index, v.minValue(1))))
const codecs = v.pipe(v.array(word), v.maxLength(64))
const format = v.picklist([1, 2, 3])

export const arrayOptions = v.object({
  shape: dims(index),
  chunks: v.union([lengths, v.literal('auto')]),
  shards: v.nullable(dims(v.pipe(index, v.minValue(1)))),
  dtype: word,
  order: v.picklist(['C', 'F']),
  fillValue: v.nullable(text(2 ** 20)),
  compressor: v.nullable(word),
  filters: codecs,
  zarrFormat: format,
  separator: v.optional(v.picklist(['.', '/'])),
  dimensionNames: v.optional(v.nullable(dims(v.nullable(text(4096))))),
  attributes: v.optional(jsonText),
})

const region = { path: nodePath, dims: dims(dimSlice) }
const also = v.optional(v.pipe(v.array(region.dims), v.maxLength(1000)))
const field = v.optional(text(4096))
const chunkList = v.pipe(v.array(dims(index)), v.maxLength(1_000_000))

export const edit = v.variant('kind', [
  v.object({
    kind: v.literal('cells'),
    ...region,
    also,
    shape: dims(index),
    data: v.pipe(
      v.custom<Uint8Array>((value) => value instanceof Uint8Array),
      v.check((bytes) => bytes.byteLength <= MAX_CELL_BYTES, 'at most 32 MiB of cells at once'),
    ),
    offsets: v.optional(v.custom<Uint32Array>((value) => value instanceof Uint32Array)),
    dtype: v.optional(v.custom<DataTypeSpec>((value) => typeof value === 'object' && value !== null)),
    by: v.optional(v.picklist(['typing', 'paste'])),
  }),
  v.object({ kind: v.literal('fill'), ...region, also, fill, field }),
  v.object({ kind: v.literal('clear'), ...region, also }),
  v.object({ kind: v.literal('replace'), ...region, where: text(4096), fill, field }),
  v.object({
    kind: v.literal('attributes'),
    path: nodePath,
    changes: v.pipe(v.array(attributeChange), v.maxLength(10_000)),
  }),
  v.object({ kind: v.literal('attributesText'), path: nodePath, text: jsonText }),
  v.object({ kind: v.literal('createGroup'), path: nodePath, zarrFormat: v.picklist([2, 3]) }),
  v.object({ kind: v.literal('createArray'), path: nodePath, options: arrayOptions }),
  v.object({ kind: v.literal('resize'), path: nodePath, shape: dims(index) }),
  v.object({ kind: v.literal('delete'), path: nodePath }),
  v.object({ kind: v.literal('move'), path: nodePath, to: nodePath }),
  v.object({ kind: v.literal('deleteChunks'), path: nodePath, chunks: chunkList }),
  v.object({ kind: v.literal('rewriteChunks'), path: nodePath, chunks: chunkList }),
  v.object({ kind: v.literal('dropFillOnly'), path: nodePath }),
  v.object({ kind: v.literal('consolidate'), path: nodePath }),
])

const layout = v.object({
  chunks: v.optional(lengths),
  shards: v.optional(v.nullable(lengths)),
  order: v.optional(v.picklist(['C', 'F'])),
  dtype: v.optional(word),
  fillValue: v.optional(text(2 ** 20)),
  compressor: v.optional(v.nullable(word)),
  filters: v.optional(codecs),
  separator: v.optional(v.picklist(['.', '/'])),
  zarrFormat: v.optional(format),
  dimensionNames: v.optional(v.nullable(dims(v.nullable(text(4096))))),
  attributes: v.optional(jsonText),
})
const nodeRef = v.object({ store: storeId, path: nodePath })
const copyTarget = v.union([nodeRef, v.object({ file: fileRef, path: nodePath })])

export const job = v.variant('kind', [
  v.object({
    kind: v.literal('copy'),
    source: nodeRef,
    target: copyTarget,
    layout,
    overwrite: v.boolean(),
    verify: v.boolean(),
    resume: v.boolean(),
    unsafe: v.boolean(),
  }),
  v.object({
    kind: v.literal('rewrite'),
    source: nodeRef,
    layout,
    only: v.optional(v.object({ minBytes: index })),
  }),
  v.object({
    kind: v.literal('append'),
    target: nodeRef,
    axis: index,
    source: v.union([fileRef, nodeRef]),
  }),
  v.object({
    kind: v.literal('import'),
    source: fileRef,
    inside: v.optional(text(4096)),
    target: nodeRef,
    layout,
  }),
  v.object({
    kind: v.literal('export'),
    source: nodeRef,
    selection: v.optional(text(4096)),
    format: v.picklist(['npy', 'csv', 'zip', 'raw']),
    target: fileRef,
    overwrite: v.boolean(),
  }),
  v.object({ kind: v.literal('migrate'), source: nodeRef, to: v.literal(3) }),
  v.object({ kind: v.literal('resize'), source: nodeRef, shape: dims(index) }),
  v.object({ kind: v.literal('delete'), source: nodeRef }),
  v.object({ kind: v.literal('move'), source: nodeRef, to: nodePath }),
  v.object({ kind: v.literal('verify'), source: nodeRef, data: v.boolean() }),
])
