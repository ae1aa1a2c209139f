import type { NodeSummary, StorageCount } from '@shared/model/node'
import type { ZarrArray } from './array'
import { compressionText } from './compression-text'
import { dtypeText } from './dtype-text'
import type { ZarrGroup } from './group'
import { humanSize, oneDecimal } from './human-size'
import { pythonTuple } from './python-repr'

/**
 * The first two lines of the summary block, which need no counting. For format 1 byte for byte what zarr 1.0 prints;
 * formats 2 and 3 add `shards=(…)` where there are shards.
 */
export function summaryHead(array: ZarrArray): string {
  const { metadata, layout } = array
  const { chunks, shards, chunkEdges } = layout
  const parts = [
    pythonTuple(metadata.shape),
    dtypeText(metadata),
    // Chunks of different lengths: a tuple of lengths per dimension.
    `chunks=${chunks ? pythonTuple(chunks) : `(${(chunkEdges ?? []).map((edges) => `${pythonTuple(edges)},`).join(' ')})`}`,
    ...(shards ? [`shards=${pythonTuple(shards)}`] : []),
    `order=${metadata.order}`,
  ]
  return `zarr.core.Array(${parts.join(', ')})\n  ${compressionText(metadata)}`
}

/** The summary block of an array: head, sizes, store. Stores whose bytes cannot be told apart from their container's (zip) have no stored size and ratio. */
export function summaryBlock(array: ZarrArray, count: StorageCount): string {
  // zarr 1.0 counted every key but the two documents, strays and locks included.
  const initialized = array.metadata.zarrFormat === 1 ? Math.max(0, count.files - 2) : count.initialized
  const sizes = sizesText(count, array.store.kind)
  return `${summaryHead(array)}\n  ${sizes}; initialized: ${initialized}/${count.nchunks}\n  store: ${array.store.className}`
}

/** The same for a group, summed over its arrays. */
export function groupBlock(group: ZarrGroup, members: readonly NodeSummary[], count: StorageCount): string {
  const names = (kind: NodeSummary['kind']): string => {
    const found = members.filter((m) => m.kind === kind).map((m) => m.name)
    return found.length === 0 ? 'none' : found.join(', ')
  }
  return [
    `zarr.hierarchy.Group(/${group.path}, ${members.length})`,
    `  groups: ${names('group')}`,
    `  arrays: ${names('array')}`,
    `  ${sizesText(count, group.store.kind)}; initialized: ${count.initialized}/${count.nchunks}`,
    `  store: ${group.store.className}`,
  ].join('\n')
}

function sizesText({ nbytes, nbytesStored }: StorageCount, kind: string): string {
  const stored =
    kind === 'zip' || nbytesStored <= 0
      ? ''
      : `; nbytes_stored: ${humanSize(nbytesStored)}; ratio: ${oneDecimal(nbytes / nbytesStored)}`
  return `nbytes: ${humanSize(nbytes)}${stored}`
}
