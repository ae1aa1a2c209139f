/** A program that uses everything that the library promises, as a user of the package would write it; compiled only. */
import {
  array,
  blosc,
  create,
  DirectoryStore,
  empty,
  emptyLike,
  full,
  fullLike,
  group,
  MemoryStore,
  ones,
  onesLike,
  open,
  openGroup,
  openLike,
  ProcessSynchronizer,
  ReadOnlyError,
  slice,
  ThreadSynchronizer,
  zeros,
  zerosLike,
  ZipStore,
  type NdArray,
  type Scalar,
  type ZarrArray,
} from 'zarrscope'

export async function useEverything(): Promise<unknown[]> {
  const z: ZarrArray<'int32'> = await open<'int32'>('a.zarr', { mode: 'r+' })
  const lengths: number[][] = [z.shape, z.chunks]
  const shards: number[] | null = z.shards
  const facts: [string, 'C' | 'F', number, number, 1 | 2 | 3, string, boolean] = [
    z.dtype,
    z.order,
    z.nbytes,
    z.nchunks,
    z.zarrFormat,
    z.path,
    z.readOnly,
  ]
  const fill: Scalar = z.fillValue

  const read: NdArray<'int32'> | Scalar = await z.get('0:10, ::2, -1')
  const items: Int32Array = ((await z.get()) as NdArray<'int32'>).data
  await z.get([1, slice(0, 2, 1), null, [1, 2], [true, false]], { out: new Int32Array(3) })
  await z.set('...', 1, { casting: 'unsafe' })
  for (const value of [
    [
      [1, 2],
      [3, 4],
    ],
    new Float32Array(3),
    z,
    { data: new Int32Array(4), shape: [2, 2] },
  ])
    await z.set([null, slice(2)], value)
  await z.oindex.get([[0, 1], slice(2)])
  await z.vindex.set([[0], [1]], 5)
  await z.blocks.get([0, 1])
  await z.resize(1, 2)
  await z.resize([1, null])
  await z.append([[1]], 1)
  const counted: number[] = [await z.nbytesStored(), await z.initialized()]
  const summary: string = await z.info()
  await z.refresh()

  await z.attrs.set('units', 'K')
  await z.attrs.delete('units')
  const attributes = [z.attrs.get('units'), z.attrs.has('units'), z.attrs.keys(), z.attrs.toJSON()]

  const options = {
    shape: [1, 2],
    chunks: [1, null],
    shards: null,
    dtype: '<f8',
    order: 'F',
    fillValue: 0,
    compressor: 'zstd:3',
    filters: ['delta', { id: 'shuffle', elementsize: 4 }],
    zarrFormat: 3,
    dimensionNames: ['y', null],
    attributes: { units: 'K' },
    store: new MemoryStore(),
    path: 'x',
    mode: 'w',
    synchronizer: new ThreadSynchronizer(),
    writeEmptyChunks: true,
  } as const
  for (const make of [create, empty, zeros, ones]) await make(options)
  await zeros([1], { chunks: 5, dtype: [['a', '<i4']] })
  await zeros(5, { chunks: 'auto', store: new Map<string, Uint8Array>() })
  await full([2], 1, { synchronizer: new ProcessSynchronizer('locks') })
  await array([1, 2])
  await Promise.all([emptyLike(z), zerosLike(z), onesLike(z), fullLike(z, 1), openLike(z, 'b.zarr')])
  for (const mode of ['r', 'r+', 'a', 'w', 'w-'] as const) await open(new DirectoryStore('a.zarr'), { mode })
  const zip = new ZipStore('a.zip', { mode: 'a' })
  await openGroup(zip)
  await zip.flush()
  await zip.close()
  await group()

  const threads: number = blosc.setNthreads(2)
  blosc.useThreads = null
  const code: string = new ReadOnlyError('it is closed').code
  return [lengths, shards, facts, fill, read, items, counted, summary, attributes, threads, code]
}
