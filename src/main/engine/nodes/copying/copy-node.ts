import { fromErrorBody, NodeExistsError, toErrorBody, UsageError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import { isBelow, joinKey, nameOf } from '../../stores/key'
import { ZarrArray } from '../array'
import { createGroup } from '../creation/create-node'
import { checkNodeName } from '../creation/node-name'
import { hasNode } from '../documents'
import { ZarrGroup } from '../group'
import { openNode, type ZarrNode } from '../open'
import { consolidate } from '../writing/consolidate'
import { copyArray, targetFormat, type CopyOptions, type CopyTarget } from './copy-array'
import { itemsBytes, partOf, type CopyControl } from './copy-control'
import { checkLayout } from './check-layout'

export interface CopyReport {
  groups: number
  arrays: number
  /** Stored bytes of chunks written. */
  bytes: number
}

/**
 * Copies an array, or a group with everything below it, with attributes, into a path of a store. Every array is
 * worked out before anything is written, so that one which cannot be copied stops the copy before it begins.
 * Throws as `copyArray` does.
 */
export async function copyNode(
  source: ZarrNode,
  target: CopyTarget,
  options: CopyOptions = {},
  control: CopyControl = {},
): Promise<CopyReport> {
  refuseOverlap(source, target)
  const zarrFormat = await targetFormat(options.zarrFormat, source.metadata.zarrFormat, target)
  if (source instanceof ZarrArray) {
    const { progress } = await copyArray(source, target, { ...options, zarrFormat }, control)
    return { groups: 0, arrays: 1, bytes: progress.bytes }
  }
  return copyGroup(source, target, { ...options, zarrFormat }, control)
}

async function copyGroup(
  source: ZarrGroup,
  target: CopyTarget,
  options: CopyOptions & { zarrFormat: ZarrFormat },
  control: CopyControl,
): Promise<CopyReport> {
  const { store, path, context } = target
  if (options.chunks !== undefined || options.shards) {
    throw new UsageError('Chunks and shards are chosen for one array; copy the arrays one by one.')
  }
  const nodes = await plan(source, options, control.signal)
  if (!options.overwrite && !options.resume && (await hasNode(store, path)))
    throw new NodeExistsError(path || (store.path ?? 'the root of the store'))
  if (options.overwrite && (await hasNode(store, path))) await store.deletePrefix(path)
  const report: CopyReport = { groups: 0, arrays: 0, bytes: 0 }
  const weight = (node: ZarrNode): number => (node.kind === 'array' ? itemsBytes(node) : 0)
  const total = nodes.reduce((n, node) => n + weight(node), 0)
  let done = 0
  for (const node of nodes) {
    const place = joinKey(path, below(source.path, node.path))
    const at = { store, path: place, context }
    if (node.kind === 'group') {
      const { zarrFormat } = options
      await createGroup(
        store,
        place,
        { mode: 'a', zarrFormat, attributes: node.metadata.attributes },
        context,
      )
      report.groups++
    } else {
      const part = { before: done, weight: weight(node), total, bytes: report.bytes }
      try {
        const copied = await copyArray(node, at, { ...options, overwrite: false }, partOf(control, part))
        report.bytes += copied.progress.bytes
      } catch (error) {
        throw inNode(error, node.path)
      }
      report.arrays++
    }
    done += weight(node)
    control.onProgress?.({ done, total, bytes: report.bytes, phase: 'copying' })
  }
  await followSource(source, target)
  return report
}

/**
 * Source and target must lie apart: neither may be inside the other, under whatever name they were opened. Throws
 * UsageError.
 */
export function refuseOverlap(source: ZarrNode, { store, path }: Pick<CopyTarget, 'store' | 'path'>): void {
  const isSameStore = source.store === store || (store.path !== undefined && store.path === source.store.path)
  const from = isSameStore ? source.path : placeOf(source.store.path, source.path)
  const to = isSameStore ? path : placeOf(store.path, path)
  if (from === undefined || to === undefined) return
  if (from === to || isBelow(from, to) || isBelow(to, from))
    throw new UsageError('A node cannot be copied onto itself, into itself or over what holds it.')
}

const placeOf = (storePath: string | undefined, path: string): string | undefined =>
  storePath === undefined ? undefined : joinKey(storePath.replaceAll('\\', '/'), path)

/** A hierarchy that had consolidated metadata gets it again. */
async function followSource(source: ZarrGroup, { store, path, context }: CopyTarget): Promise<void> {
  const isConsolidated =
    source.metadata.consolidated !== undefined ||
    (await source.store.size(joinKey(source.path, '.zmetadata'))) !== undefined
  if (!isConsolidated) return
  const copy = await openNode(store, path, context)
  if (copy instanceof ZarrGroup && copy.metadata.zarrFormat !== 1) await consolidate(copy)
}

/** Every node, groups before what they hold; throws for one that cannot be copied. */
async function plan(
  source: ZarrGroup,
  options: CopyOptions & { zarrFormat: ZarrFormat },
  signal: AbortSignal | undefined,
): Promise<ZarrNode[]> {
  const nodes: ZarrNode[] = [source]
  for await (const batch of source.walk(signal ? { signal } : {}))
    for (const { path } of batch) {
      const node = await openNode(source.store, path, source.context, {
        format: source.origin.preferred,
        signal,
      })
      nodes.push(node)
      try {
        checkNodeName(nameOf(path), options.zarrFormat)
        if (!(node instanceof ZarrArray)) continue
        checkLayout(node, options, options.zarrFormat)
      } catch (error) {
        throw inNode(error, path)
      }
    }
  return nodes
}

/** The same error, which also names the array. */
function inNode(error: unknown, path: string): unknown {
  const body = toErrorBody(error)
  return body.code === 'INTERNAL' ? error : fromErrorBody({ ...body, message: `${path}: ${body.message}` })
}

const below = (root: string, path: string): string =>
  path === root ? '' : root === '' ? path : path.slice(root.length + 1)
