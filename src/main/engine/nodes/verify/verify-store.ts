import { toErrorBody, UnsupportedError } from '@shared/errors'
import { parseChunkKey } from '../../chunks/keys'
import { DirectoryStore } from '../../stores/directory'
import { joinKey, nameOf, parentOf } from '../../stores/key'
import { findLeftovers, type Leftover } from '../../stores/leftovers'
import type { ListableStore } from '../../stores/store'
import { ZarrArray } from '../array'
import { findConsolidated } from '../consolidated'
import { ZarrGroup } from '../group'
import type { NodeContext } from '../node-context'
import { openNode, type ZarrNode } from '../open'
import { checkChunks, type StoredChunk } from './check-chunks'
import { plainChunkBytes } from './plain-size'
import type { Problem, VerifyOptions, VerifyReport } from './problem'

/**
 * Checks a store, or what lies below one of its nodes: documents, consolidated metadata, keys that belong to nothing,
 * sizes of chunks, what killed writes left; with `data` every chunk. Only reads. Throws IoError where the store cannot
 * be listed, AbortedError.
 */
export async function verifyStore(
  store: ListableStore,
  path: string,
  context: NodeContext,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const { signal } = options
  const report: VerifyReport = { problems: [], checked: { nodes: 0, chunks: 0 } }
  const found = await openAll(store, path, context, report, signal)
  const chunks: StoredChunk[] = []
  for await (const batch of store.scan(path, signal ? { signal } : {})) {
    for (const { key, size } of batch) checkKey(key, size, found, report, options.data ? chunks : undefined)
    options.onProgress?.({ done: report.checked.chunks, total: 0 })
  }
  if (store instanceof DirectoryStore)
    for (const leftover of await findLeftovers(store, path, { signal }))
      report.problems.push(aboutLeftover(leftover, found))
  if (options.data) report.problems.push(...(await checkChunks(chunks, options)))
  return report
}

/** Nodes by path; those that cannot be opened are there as well, without a node. */
type Found = Map<string, ZarrNode | undefined>

async function openAll(
  store: ListableStore,
  path: string,
  context: NodeContext,
  { problems, checked }: VerifyReport,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const found: Found = new Map()
  const open = async (at: string): Promise<void> => {
    checked.nodes++
    try {
      const node = await openNode(store, at, context, { signal })
      found.set(at, node)
      problems.push(...(await aboutNode(node, signal)))
    } catch (error) {
      const { code, message } = toErrorBody(error)
      if (code !== 'METADATA_INVALID' && code !== 'LIMIT') throw error
      found.set(at, undefined)
      problems.push({ node: at, key: '', kind: 'metadata', message })
    }
  }
  await open(path)
  const root = found.get(path)
  if (root instanceof ZarrGroup)
    for await (const batch of root.walk(signal ? { signal } : {}))
      for (const node of batch) await open(node.path)
  return found
}

async function aboutNode(node: ZarrNode, signal: AbortSignal | undefined): Promise<Problem[]> {
  const { store, path, metadata, origin } = node
  const problems: Problem[] = []
  const { problem } = metadata
  if (problem) {
    const kind = problem instanceof UnsupportedError ? 'unsupported' : 'metadata'
    problems.push({ node: path, key: metadata.source[0]?.key ?? '', kind, message: problem.message })
  }
  const consolidated = await findConsolidated(store, path, signal)
  if (!consolidated) return problems
  const message = origin.consolidatedDifference ?? missingCopy(node, consolidated)
  if (message !== undefined)
    problems.push({ node: path, key: consolidated.key, kind: 'consolidated', message })
  return problems
}

function missingCopy(
  { path, origin }: ZarrNode,
  consolidated: NonNullable<Awaited<ReturnType<typeof findConsolidated>>>,
): string | undefined {
  if (path === consolidated.root || origin.documents.length === 0) return undefined
  return consolidated.documents(path)
    ? undefined
    : `${consolidated.key} does not know this node; consolidate anew.`
}

const DOCUMENTS = new Set(['zarr.json', '.zarray', '.zgroup', '.zattrs', '.zmetadata', 'meta', 'attrs'])

function checkKey(
  key: string,
  size: number,
  found: Found,
  { problems, checked }: VerifyReport,
  chunks: StoredChunk[] | undefined,
): void {
  const owner = ownerOf(key, found)
  const node = owner === undefined ? undefined : found.get(owner)
  // What belongs to a node that cannot be opened cannot be judged.
  if (owner !== undefined && node === undefined) return
  const name = owner === undefined || owner === '' ? key : key.slice(owner.length + 1)
  if (DOCUMENTS.has(nameOf(key)) && joinKey(owner ?? '', nameOf(key)) === key) return
  const stray = (message: string): void =>
    void problems.push({ node: owner ?? '', key, kind: 'stray', message })
  if (!(node instanceof ZarrArray)) return stray(`${key} belongs to no array or group.`)
  const coords = parseChunkKey(node.metadata.keyEncoding, name, node.shape.length)
  if (!coords) return stray(`${key} is neither a document nor a chunk of this array.`)
  if (coords.some((c, k) => c >= node.grid.gridShape[k]!))
    return stray(`${key} lies outside the array: it was left when the array was made smaller.`)
  checked.chunks++
  const wanted = plainChunkBytes(node, coords)
  if (size === 0 || (wanted !== undefined && size !== wanted)) {
    const message = `${key} has ${size} bytes${wanted === undefined ? '' : `, not the ${wanted} that its shape and data type need`}.`
    problems.push({ node: node.path, key, kind: 'size', message })
    return
  }
  if (!node.metadata.problem) chunks?.push({ array: node, coords, key })
}

function aboutLeftover({ name, isDead }: Leftover, found: Found): Problem {
  const what = `${name} was left by a write that was cut off; it is no part of the data.`
  const how = isDead
    ? 'verify --remove-leftovers removes it.'
    : 'Whether its writer still runs, on another machine perhaps, is not known: remove it by hand where none does.'
  return { node: ownerOf(name, found) ?? '', key: name, kind: 'stray', message: `${what} ${how}` }
}

/** The innermost node that a key lies in. */
function ownerOf(key: string, found: Found): string | undefined {
  for (let path = parentOf(key); ; path = parentOf(path)) {
    if (found.has(path)) return path
    if (path === '') return undefined
  }
}
