/** Builds the invented store of the fake host. */
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { ArrayDetail, CodecInfo, NodeDetail, NodeSummary } from '@shared/model/node'

export interface FakeNode {
  detail: NodeDetail
  children: string[]
  /** Share of chunks that are stored. */
  filled: number
  /** Raw over stored, about. */
  ratio: number
  /** Reading it fails with this sentence. */
  fails?: string
}

export type FakeStore = Map<string, FakeNode>

interface ArrayOptions {
  dtype: DataTypeSpec
  dtypeName: string
  itemsize: number
  shape: number[]
  chunks: number[]
  shards?: number[]
  names?: (string | null)[]
  codecs?: CodecInfo[]
  attributes?: string
  filled?: number
  ratio?: number
  fill?: string
  unsupported?: string
}

export class StoreBuilder {
  readonly store: FakeStore = new Map()
  private readonly codecs: CodecInfo[]

  /** With the codecs of arrays that name none. */
  constructor(codecs: CodecInfo[]) {
    this.codecs = codecs
  }

  group(path: string, attributes = '{}'): this {
    this.add(path, { kind: 'group', childCount: 0 }, attributes, {})
    return this
  }

  array(path: string, options: ArrayOptions): this {
    const { shape, chunks, dtypeName, itemsize, names = null, codecs = this.codecs, unsupported } = options
    const gridShape = shape.map((n, i) => Math.ceil(n / (chunks[i] ?? 1)))
    const array: ArrayDetail = {
      shape,
      chunks,
      shards: options.shards ?? null,
      gridShape,
      dtype: unsupported === undefined ? options.dtype : null,
      dtypeName,
      byteOrder: itemsize === 1 ? 'not applicable' : 'little',
      order: 'C',
      fillValueJson: options.fill ?? '0',
      dimensionNames: names,
      codecs,
      keyEncoding: 'default, separator "/"',
      nbytes: shape.reduce((a, b) => a * b, 1) * itemsize,
      nchunks: gridShape.reduce((a, b) => a * b, 1),
      readable: unsupported === undefined,
      ...(unsupported === undefined ? {} : { reason: unsupported }),
      summaryHead: head(dtypeName, shape, chunks, options.shards),
    }
    const summary = { kind: 'array', dtype: dtypeName, shape, chunks } as const
    this.add(
      path,
      unsupported === undefined ? summary : { ...summary, unsupported },
      options.attributes ?? '{}',
      { array },
    )
    const node = this.store.get(path)
    if (node) Object.assign(node, { filled: options.filled ?? 1, ratio: options.ratio ?? 3 })
    return this
  }

  broken(path: string, problem: string): this {
    this.add(path, { kind: 'group', problem }, '{}', {})
    const node = this.store.get(path)
    if (node) node.fails = problem
    return this
  }

  private add(
    path: string,
    summary: Partial<NodeSummary> & Pick<NodeSummary, 'kind'>,
    attributesJson: string,
    rest: { array?: ArrayDetail },
  ): void {
    const name = path.split('/').at(-1) ?? ''
    const attributeKeys = [...attributesJson.matchAll(/^ {2}"([^"]+)":/gm)].map((m) => m[1] ?? '')
    const document = JSON.stringify(
      { zarr_format: 3, node_type: summary.kind, shape: summary.shape },
      null,
      2,
    )
    const detail: NodeDetail = {
      path,
      name,
      zarrFormat: 3,
      attributeKeys,
      ...summary,
      formats: [3],
      attributesJson,
      documents: [{ key: path === '' ? 'zarr.json' : `${path}/zarr.json`, text: document }],
      ...rest,
    }
    this.store.set(path, { detail, children: [], filled: 1, ratio: 3 })
    if (path === '') return
    const parent = this.store.get(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
    if (!parent) return
    parent.children.push(path)
    parent.detail.childCount = parent.children.length
  }
}

function head(dtype: string, shape: number[], chunks: number[], shards: number[] | undefined): string {
  const tuple = (list: number[]): string => (list.length === 1 ? `(${list[0]},)` : `(${list.join(', ')})`)
  const sharded = shards ? `, shards=${tuple(shards)}` : ''
  return `zarr.core.Array(${tuple(shape)}, ${dtype}, chunks=${tuple(chunks)}${sharded}, order=C)`
}
