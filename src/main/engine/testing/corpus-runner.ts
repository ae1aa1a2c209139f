import { join } from 'node:path'
import { fromErrorBody, ZarrscopeError } from '@shared/errors'
import type { Selection } from '@shared/selection/selection'
import type { ArrayReadResult, ZarrArray } from '../nodes/array'
import { openNode, type ZarrNode } from '../nodes/open'
import type { NodeContext } from '../nodes/node-context'
import { shardLevels } from '../metadata/shard-levels'
import { summaryBlock } from '../nodes/summary'
import { countStorage } from '../stats/count-storage'
import { DirectoryStore } from '../stores/directory'
import type { ListableStore } from '../stores/store'
import { joinKey } from '../stores/key'
import { ZipStore } from '../stores/zip'
import type { CorpusCase, CorpusSelection } from './corpus-case'
import { corpusSelection } from './corpus-selection'
import { digest, eachItem, expectedForm, type Expected } from './expected-values'

/**
 * What became of a case: `passed`; `refused` where the corpus expects that; `unread` where readable data was refused
 * (with the reason); `wrong` where something came out that should not.
 */
export interface Outcome {
  id: string
  features: string[]
  state: 'passed' | 'refused' | 'unread' | 'wrong'
  why: string
  /** Selections compared. */
  selections: number
}

class Wrong extends Error {}

const WHOLE: (shape: number[]) => Selection = (shape) => ({
  kind: 'basic',
  dims: shape.map((count) => ({ start: 0, step: 1, count })),
})

/** Reads one case of a corpus through the engine and compares everything the manifest says of its data. */
export async function runCase(folder: string, expected: CorpusCase, context: NodeContext): Promise<Outcome> {
  const { id, features } = expected
  const store = openStoreOf(folder, expected)
  const outcome = (state: Outcome['state'], why = '', selections = 0): Outcome => ({
    id,
    features,
    state,
    why,
    selections,
  })
  try {
    const node = await openNode(
      store,
      joinKey((expected.prefix ?? '').replace(/\/$/, ''), expected.path),
      context,
      {
        format: expected.format,
      },
    )
    if (expected.expect === 'error') return outcome(...(await expectRefusal(node, expected)))
    const selections =
      node.kind === 'array' ? await compareArray(node, expected) : await compareGroup(node, expected)
    return outcome('passed', '', selections)
  } catch (error) {
    if (error instanceof Wrong) return outcome('wrong', error.message)
    if (!(error instanceof ZarrscopeError)) return outcome('wrong', `not an error of ours: ${String(error)}`)
    const why = `${error.name}: ${error.message}`
    if (expected.expect !== 'error') return outcome('unread', why)
    return expected.when === 'open' ? outcome('refused', why) : outcome('wrong', `refused at opening: ${why}`)
  } finally {
    await store.close()
  }
}

function openStoreOf(folder: string, { store, store_kind }: CorpusCase): ListableStore {
  const path = join(folder, store)
  return store_kind === 'zip' ? new ZipStore(path) : new DirectoryStore(path, { readOnly: true })
}

/** Reading must fail, with a reason; what only fails at opening elsewhere may open here and refuse its data. */
async function expectRefusal(node: ZarrNode, expected: CorpusCase): Promise<[Outcome['state'], string]> {
  if (node.kind === 'group')
    return node.metadata.problem ? ['refused', node.metadata.problem.message] : ['wrong', 'a group opened']
  const result = await node.read(WHOLE(node.shape)).catch((error: unknown) => {
    if (error instanceof ZarrscopeError) return error
    throw error
  })
  if (result instanceof ZarrscopeError) return ['refused', `${result.name}: ${result.message}`]
  const [failure] = result.failures
  if (!failure) return ['wrong', `it was read, though: ${expected.reason ?? ''}`]
  return ['refused', fromErrorBody(failure.error).message]
}

async function compareGroup(node: ZarrNode & { kind: 'group' }, expected: CorpusCase): Promise<number> {
  if (expected.tree) {
    const found: Record<string, string> = { [node.path]: 'group' }
    for await (const batch of node.walk()) for (const { path, kind } of batch) found[path] = kind
    same('the tree', sorted(found), sorted(expected.tree))
  }
  return 0
}

async function compareArray(array: ZarrArray, expected: CorpusCase): Promise<number> {
  if (expected.shape) same('the shape', array.shape, expected.shape)
  await compareStorage(array, expected)
  const whole = await array.readAll(WHOLE(array.shape))
  compareItems('the array', array, whole, expected)
  for (const selection of expected.selections ?? []) {
    const label = `${selection.method} ${JSON.stringify(selection.sel)}`
    const result = await array.readAll(corpusSelection(array, selection))
    same(`the shape of ${label}`, result.shape, selection.shape)
    compareItems(label, array, result, selection)
  }
  return expected.selections?.length ?? 0
}

async function compareStorage(array: ZarrArray, expected: CorpusCase): Promise<void> {
  const { initialized, nchunks, nbytes, nbytes_stored: stored, repr } = expected
  const count = await countStorage(array)
  if (nchunks !== undefined) same('the number of chunks', count.nchunks, nchunks)
  if (nbytes !== undefined) same('nbytes', count.nbytes, nbytes)
  if (stored !== undefined) same('the stored bytes', count.nbytesStored, stored)
  if (repr !== undefined) same('the summary block', summaryBlock(array, count), repr)
  // zarr-python counts every inner chunk of a stored shard, and 2.13 counts a document where there are no dimensions.
  else if (initialized !== undefined && shardLevels(array.metadata).length === 0 && array.shape.length > 0)
    same('the number of stored chunks', count.initialized, initialized)
}

function compareItems(
  label: string,
  array: ZarrArray,
  result: ArrayReadResult,
  expected: CorpusCase | CorpusSelection,
): void {
  const items = {
    spec: result.dtype,
    data: result.data,
    ...(result.offsets ? { offsets: result.offsets } : {}),
  }
  const forms = (): Expected[] => eachItem(items).map((bytes) => expectedForm(result.dtype, bytes))
  const { samples = {} } = expected as CorpusCase
  if (Object.keys(samples).length > 0) {
    const found = forms()
    for (const [index, value] of Object.entries(samples))
      sameItem(`${label}, item ${index}`, found[Number(index)], value)
  }
  if (expected.values) {
    const found = forms()
    if (found.length !== expected.values.length)
      throw new Wrong(`${label} has ${found.length} items, not ${expected.values.length}`)
    expected.values.forEach((value, i) => sameItem(`${label}, item ${i}`, found[i], value))
  }
  if (expected.sha256 === undefined || expected.sha256_of === undefined) return
  const found = digest(items, result.shape, expected.sha256_of)
  if (found !== expected.sha256) throw new Wrong(`${label}: the bytes differ (${expected.sha256_of})`)
}

/** Objects that are texts may be written down as texts. */
function sameItem(label: string, found: Expected | undefined, wanted: Expected): void {
  const text = typeof wanted === 'string' && typeof found === 'object' && found !== null && 'json' in found
  same(label, text ? found['json'] : found, wanted)
}

function same(label: string, found: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(sorted(found)), JSON.stringify(sorted(wanted))]
  if (a !== b) throw new Wrong(`${label} is ${a}, not ${b}`)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  )
}
