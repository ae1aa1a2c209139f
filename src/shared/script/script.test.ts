import { expect, test } from 'vitest'
import type { JobSpec } from '../model/jobs'
import type { Operation } from './operation'
import { scriptOf } from './script'

const where = { storePath: (id?: string) => (id === 'b' ? '/d/other store.zarr' : '/d/s.zarr') }
const node = { store: 'a', path: 'obs/t' }
const copy: JobSpec = {
  kind: 'copy',
  source: node,
  target: { store: 'b', path: 'x' },
  layout: { chunks: [10, null], shards: null, compressor: null, filters: [], fillValue: '-1' },
  overwrite: true,
  verify: true,
  resume: false,
  unsafe: false,
}

test.each<[Operation, string]>([
  [{ kind: 'createGroup', path: 'a/b', zarrFormat: 2 }, 'group /d/s.zarr/a/b --zarr-format 2'],
  [{ kind: 'resize', path: 'obs/t', shape: [5, 0] }, 'resize /d/s.zarr/obs/t 5,0 --yes'],
  [{ kind: 'delete', path: 'obs' }, 'delete /d/s.zarr/obs --yes'],
  [{ kind: 'delete', source: { store: 'b', path: 'x' } }, `delete '/d/other store.zarr/x' --yes`],
  [{ kind: 'move', path: 'obs', to: 'new' }, 'move /d/s.zarr/obs new'],
  [{ kind: 'consolidate', path: '' }, 'consolidate /d/s.zarr'],
  [
    copy,
    `copy /d/s.zarr/obs/t '/d/other store.zarr/x' --compressor none --filter none --chunks 10,none --shards none --fill=-1 --overwrite --verify`,
  ],
  [{ kind: 'rewrite', source: node, layout: { chunks: [2] } }, 'rechunk /d/s.zarr/obs/t --chunks 2'],
  [
    { kind: 'rewrite', source: node, layout: { chunks: [2], order: 'F' } },
    'recompress /d/s.zarr/obs/t --order F --chunks 2',
  ],
  [
    { kind: 'append', target: node, axis: 1, source: { ticket: 't', path: '/d/more.npy' } },
    'append /d/s.zarr/obs/t /d/more.npy --axis 1',
  ],
  [
    {
      kind: 'export',
      source: node,
      selection: '0:3, ::2',
      format: 'npy',
      target: { ticket: 't', path: '/d/o.npy' },
      overwrite: false,
    },
    `get /d/s.zarr/obs/t '0:3, ::2' -f npy -o /d/o.npy`,
  ],
  [
    { kind: 'deleteChunks', path: 'a', chunks: [[0, 1]] },
    `edit /d/s.zarr/a '{"kind": "deleteChunks", "chunks": [[0, 1]]}' --yes`,
  ],
  [{ kind: 'verify', source: node, data: true }, 'verify /d/s.zarr/obs/t --data'],
])('%o as a command', (operation, line) =>
  expect(scriptOf(operation, where).command).toEqual({ text: `zarrscope ${line}\n` }),
)

test('what has no script says why', () => {
  const { command, python } = scriptOf(
    {
      kind: 'import',
      source: { ticket: 't', path: '/d/in.csv' },
      target: node,
      layout: { compressor: 'bz2' },
    },
    where,
  )
  expect([command, python]).toEqual([
    { whyNot: expect.stringMatching(/\.$/) as string },
    { whyNot: expect.stringMatching(/\.$/) as string },
  ])
})

const python = (operation: Operation, storePath = '/d/s.zarr'): string => {
  const script = scriptOf(operation, {
    storePath: (id) => (id === 'b' ? '/d/other store.zarr' : storePath),
  }).python
  return 'text' in script ? script.text : `# ${script.whyNot}`
}
const rewrite: JobSpec = { kind: 'rewrite', source: node, layout: { chunks: [2], compressor: 'zstd:3' } }
const imported: JobSpec = {
  kind: 'import',
  source: { ticket: 't', path: '/d/in.npy' },
  target: node,
  layout: { chunks: [null, 4] },
}

test('a copy walks its members and keeps what is not named', () => {
  const text = python(copy)
  expect(text).toContain('zarr.from_array(')
  expect(text).toContain('chunks=(10, max(1, node.shape[1])),')
  expect(text).toContain('overwrite=path == "",')
  expect(text).toContain('members += source.members(max_depth=None)')
  expect(text).not.toContain('zarr.create_array(')
  expect(python({ ...copy, layout: {}, overwrite: false })).not.toMatch(/chunks=|compressors=|overwrite/)
})

test('another type is cast block by block, as strictly as the copy is', () => {
  const layout = { dtype: 'float32' }
  expect(python({ ...copy, layout })).toContain('.astype(array.dtype, casting="same_kind")')
  expect(python({ ...copy, layout, unsafe: true })).toContain('.astype(array.dtype, casting="unsafe")')
})

test('a compressor is spelled for the format that the source turns out to have', () => {
  expect(python(rewrite)).toContain(
    'compressors=zarr.codecs.ZstdCodec(level=3) if source.metadata.zarr_format == 3 else numcodecs.Zstd(level=3),',
  )
  expect(python(rewrite)).toContain('import numcodecs\n')
})

test('in place is beside, and then exchanged; the root of a store is a folder itself', () => {
  expect(python(rewrite)).toContain('shutil.move("/d/s.zarr/obs/t.rewritten", "/d/s.zarr/obs/t")')
  expect(python({ ...rewrite, source: { store: 'a', path: '' } })).toContain(
    'shutil.move("/d/s.zarr.rewritten", "/d/s.zarr")',
  )
})

test('a .npy file is mapped into memory, not read', () =>
  expect(python(imported)).toContain('source = np.load("/d/in.npy", mmap_mode="r")'))

test.each<[string, Operation, string?]>([
  ['filters', { ...copy, layout: { filters: ['delta'] } }],
  ['format 1', { ...copy, target: { store: 'b', path: '' }, layout: { zarrFormat: 1 } }],
  ['groups of another format', { ...copy, layout: { zarrFormat: 2 } }],
  ['codecs without a short form', { ...copy, layout: { compressor: 'bz2' } }],
  ['HDF5', { ...imported, source: { ticket: 't', path: '/d/in.h5' } }],
  ['zip files in place', rewrite, '/d/s.zarr.zip'],
  ['moves in zip files', { kind: 'move', path: 'a', to: 'b' }, '/d/s.ozx'],
])('%s have no Python, and say why', (_what, operation, storePath) =>
  expect(python(operation, storePath)).toMatch(/^# .*\.$/),
)

test('shards of a whole dimension are known to Python alone', () => {
  const layout = { chunks: [2, 3], shards: [4, null] }
  expect(scriptOf({ ...copy, layout }, where).command).toHaveProperty('whyNot')
  expect(python({ ...copy, layout })).toContain('shards=(4, -(-node.shape[1] // 3) * 3),')
})
