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
  [{ kind: 'verify', source: node, data: true }, 'verify /d/s.zarr/obs/t --data'],
])('%o as a command', (operation, line) =>
  expect(scriptOf(operation, where).command).toEqual({ text: `zarrscope ${line}\n` }),
)

test('what has no script says why', () => {
  const { command, python } = scriptOf({ kind: 'deleteChunks', path: 'a', chunks: [[0]] }, where)
  expect([command, python]).toEqual([
    { whyNot: expect.stringMatching(/\.$/) as string },
    { whyNot: expect.stringMatching(/\.$/) as string },
  ])
})
