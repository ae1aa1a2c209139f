/** A host in memory, behind the real server and client: for working on the window without an engine. */
import {
  AbortedError,
  ChunkCorruptError,
  IoError,
  MetadataError,
  NodeNotFoundError,
  NotAStoreError,
  UsageError,
} from '@shared/errors'
import type { RecentStore, StoreInfo } from '@shared/model/host'
import type { NodeSummary, StorageCount } from '@shared/model/node'
import { contract } from '@shared/rpc/contract'
import type { Handlers } from '@shared/rpc/handlers'
import { serve } from '@shared/rpc/server'
import type { Port } from '@shared/rpc/port'
import { memoryPair } from '../../main/hosts/ports/memory-pair'
import { fakeRead } from './fake-cells'
import { fakeChunk, fakeChunkBytes, fakeChunkMap, fakeCount, fakeSurvey } from './fake-chunks'
import { fakeStore } from './fake-store'
import { fakeTrials } from './fake-trials'
import type { FakeNode, FakeStore } from './store-builder'

export interface FakeOptions {
  /** Arrays in one more group. */
  many: number
  /** Milliseconds every call takes. */
  slow: number
  /** Store opened at the start. */
  open: boolean
  /** The host has no dialogs, as serve. */
  dialogs: boolean
}

const DAY = 86_400_000

/** The window's end of a connection to a new fake host. */
export function fakePort(options: FakeOptions): Port {
  const [window, host] = memoryPair()
  serve(host, handlers(options))
  return window
}

function handlers({ many, slow, open, dialogs }: FakeOptions): Handlers {
  const store = fakeStore(many)
  const node = (path: string): FakeNode => {
    const found = store.get(path)
    if (!found) throw new NodeNotFoundError(path)
    if (found.fails !== undefined) throw new MetadataError('', '', found.fails)
    return found
  }
  const info = (path: string): StoreInfo => ({
    id: 's1',
    name: 'climate.zarr',
    path,
    kind: 'directory',
    readOnly: false,
    root: summaryOf(node('')),
    initialPath: '',
  })
  return {
    ...refusals(),
    'host.info': () => ({
      kind: dialogs ? 'electron' : 'serve',
      version: '0.1.0',
      platform: 'linux',
      node: '24.0.0',
      workers: 2,
      readOnly: true,
      open: open ? ['climate'] : [],
      dialogs,
    }),
    'host.pick': ({ kind }) => ({ ticket: 'climate', path: `/data/${kind}`, exists: kind === 'file' }),
    'host.target': ({ folder, name }) => ({ ticket: name, path: `${folder}/${name}`, exists: false }),
    'host.list': async ({ path = '/data' }, { signal }) => {
      await pause(slow, signal)
      if (path.includes('secret')) throw new IoError(path, 'EACCES', 'this folder must not be read.')
      const entries = ['models', 'climate.zarr', 'ocean.zarr', 'observations of 2024.zip', 'notes'].map(
        (name) => ({
          name,
          path: `${path}/${name}`,
          kind: name.endsWith('.zarr')
            ? ('store' as const)
            : name.endsWith('.zip')
              ? ('zip' as const)
              : ('folder' as const),
        }),
      )
      return {
        path,
        parent: path === '/data' ? null : path.slice(0, path.lastIndexOf('/')),
        roots: ['/data'],
        entries,
        truncated: false,
      }
    },
    'host.recent': () => recent(),
    'host.forgetRecent': () => null,
    'host.openExternal': () => null,
    'host.reveal': () => null,
    'host.events': (_input, { signal }) => pause(1e9, signal).then(() => null),
    'store.open': async ({ ticket }, { signal }) => {
      await pause(slow, signal)
      if (ticket.includes('notes')) throw new NotAStoreError(ticket)
      return info(ticket)
    },
    'store.close': () => null,
    'store.sample': () => info('/home/someone/Documents/zarrscope-sample.zarr'),
    'node.get': async ({ path }, { signal }) => (await pause(slow, signal), node(path).detail),
    'node.children': async ({ path }, { signal }) => {
      await pause(slow, signal)
      return node(path).children.map((p) => summaryOf(store.get(p)!))
    },
    'node.walk': async ({ path }, { signal, progress }) => {
      const all = [...below(store, path)]
      for (let i = 0; i < all.length; i += 500) {
        progress({ batch: all.slice(i, i + 500) })
        await pause(slow / 20, signal)
      }
      return { nodes: all.length }
    },
    'node.storage': async ({ path }, { signal, progress }) => {
      const arrays = [...below(store, path)]
        .flatMap((n) => store.get(n.path) ?? [])
        .filter((n) => n.detail.array)
      let sum: StorageCount | undefined
      for (const array of arrays) {
        sum = add(sum, fakeCount(array))
        progress({ ...sum, done: false })
        if (slow > 0 || arrays.length > 5) await pause(Math.max(20, slow), signal)
      }
      return { ...(sum ?? EMPTY), done: true }
    },
    'node.summary': ({ path }) => {
      const { array } = node(path).detail
      if (!array)
        return {
          text: `zarr.hierarchy.Group(/${path}, ${store.get(path)?.children.length ?? 0})\n  store: zarr.storage.DirectoryStore`,
        }
      const count = fakeCount(node(path))
      return {
        text: `${array.summaryHead}\n  compression: zstd; compression_opts: {'level': 3}\n  nbytes: ${size(array.nbytes)}; nbytes_stored: ${size(count.nbytesStored)}; ratio: ${(array.nbytes / count.nbytesStored).toFixed(1)}; initialized: ${count.initialized}/${count.nchunks}\n  store: zarr.storage.DirectoryStore`,
      }
    },
    'array.read': async ({ path, dims }, { signal }) => {
      await pause(slow, signal)
      return fakeRead(node(path), dims)
    },
    'array.statistics': async (_input, { signal, progress }) => {
      for (let i = 0; i < 10; i++) {
        progress({ done: i, total: 10 })
        await pause(slow + 50, signal)
      }
      return {
        count: 1000,
        missing: 17,
        nans: 3,
        min: '180.25',
        max: '331.5',
        mean: '281.0173',
        sum: '276239.97',
        done: true,
      }
    },
    'array.chunkMap': async (input, { signal, progress }) => {
      const found = node(input.path)
      if (slow > 0) progress(fakeChunkMap(found, input, 0.3))
      await pause(slow, signal)
      return fakeChunkMap(found, input, 1)
    },
    ...fakeTrials(),
    'array.chunk': async ({ path, coords }, { signal }) => {
      await pause(slow, signal)
      if (path.endsWith('v10') && coords[0] === 9)
        throw new ChunkCorruptError(coords.join('/'), 'the disk is away')
      return fakeChunk(node(path), coords)
    },
    'array.chunkBytes': ({ path, coords, form, offset, length }) =>
      fakeChunkBytes(node(path), coords, form, offset, length),
    'array.survey': async ({ path, look }, { signal, progress }) => {
      const found = node(path)
      for (let i = 0; look !== 'known' && i < 10; i++) {
        progress(fakeSurvey(found, i / 10))
        await pause(slow + 100, signal)
      }
      return fakeSurvey(found, look === 'known' ? 0 : 1)
    },
  }
}

/** What the fake does not imitate is refused, so that the window shows how it takes that. */
function refusals(): Handlers {
  const refuse = (): never => {
    throw new UsageError('The fake host cannot do this.')
  }
  return Object.fromEntries(Object.keys(contract).map((method) => [method, refuse])) as unknown as Handlers
}

const EMPTY: StorageCount = {
  nbytes: 0,
  nbytesStored: 0,
  initialized: 0,
  nchunks: 0,
  files: 1,
  chunkBytes: null,
  sizes: null,
  largest: [],
  leastCompressible: [],
  done: true,
}

function add(a: StorageCount | undefined, b: StorageCount): StorageCount {
  if (!a?.chunkBytes || !b.chunkBytes) return a ?? b
  const initialized = a.initialized + b.initialized
  const mean =
    (a.chunkBytes.mean * a.initialized + b.chunkBytes.mean * b.initialized) / Math.max(1, initialized)
  return {
    nbytes: a.nbytes + b.nbytes,
    nbytesStored: a.nbytesStored + b.nbytesStored,
    initialized,
    nchunks: a.nchunks + b.nchunks,
    files: a.files + b.files,
    chunkBytes: {
      min: Math.min(a.chunkBytes.min, b.chunkBytes.min),
      max: Math.max(a.chunkBytes.max, b.chunkBytes.max),
      mean,
    },
    sizes: null,
    largest: [],
    leastCompressible: [],
    done: false,
  }
}

function* below(store: FakeStore, path: string): Generator<NodeSummary> {
  const found = store.get(path)
  if (!found) return
  yield summaryOf(found)
  for (const child of found.children) yield* below(store, child)
}

function summaryOf({ detail }: FakeNode): NodeSummary {
  const beyond = new Set(['formats', 'attributesJson', 'documents', 'array'])
  return Object.fromEntries(
    Object.entries(detail).filter(([key]) => !beyond.has(key)),
  ) as unknown as NodeSummary
}

const size = (n: number): string =>
  n < 2 ** 20 ? `${(n / 1024).toFixed(1)}K` : `${(n / 2 ** 20).toFixed(1)}M`

const recent = (): RecentStore[] => [
  {
    ticket: 'climate',
    path: '/data/projects/reanalysis/climate.zarr',
    name: 'climate.zarr',
    lastOpened: Date.now() - 3_600_000,
    nbytesStored: 2_147_483_648,
    missing: false,
  },
  {
    ticket: 'ocean',
    path: '/data/ocean.zarr.zip',
    name: 'ocean.zarr.zip',
    lastOpened: Date.now() - DAY,
    nbytesStored: 83_886_080,
    missing: false,
  },
  {
    ticket: 'gone',
    path: '/media/stick/microscopy/plate_7/embryo_time_series_with_a_long_name.ome.zarr',
    name: 'embryo_time_series_with_a_long_name.ome.zarr',
    lastOpened: Date.now() - 40 * DAY,
    missing: true,
  },
]

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (ms <= 0) return resolve()
    const timer = setTimeout(resolve, Math.min(ms, 2 ** 31 - 1))
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new AbortedError())
    })
  })
}
