import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from './testing/run'
import { data, done, refused, workspace } from './testing/workspace'

const ws = workspace()

describe('--sync', () => {
  test.each(['thread', 'process'])('%s keeps commands apart that run at the same time', async (sync) => {
    await done(['create', ws.a, '--shape', '0', '--chunks', '4', '--dtype', 'i4', '--sync', sync])
    await done(['consolidate', join(ws.folder, 's.zarr'), '--sync', sync])
    const rows = Array.from({ length: 9 }, (_, i) => join(ws.folder, `${i}.csv`))
    rows.forEach((row, i) => writeFileSync(row, `${i}\n`))
    await Promise.all([
      ...rows.map((row) => done(['append', ws.a, row, '--sync', sync])),
      ...rows.map((_, i) => done(['attrs', ws.a, `k${i}=${i}`, '--sync', sync])),
    ])
    expect(((await data(ws.a)) as number[]).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(Object.keys(JSON.parse(await done(['attrs', ws.a])) as object)).toHaveLength(9)
    const consolidated = readFileSync(join(ws.folder, 's.zarr/zarr.json'), 'utf8')
    expect(consolidated.match(/"k\d"/g)).toHaveLength(9)
    expect(consolidated).toMatch(/"shape":\s*\[\s*9\s*\]/)
    expect(readdirSync(join(ws.folder, 's.zarr')).sort()).toEqual(['a', 'zarr.json'])
  })

  test('process keeps an archive whole, which is written as a whole', async () => {
    const array = join(ws.folder, 's.zarr.zip/a')
    await done(['create', array, '--shape', '0', '--chunks', '4', '--dtype', 'i4', '--sync', 'process'])
    const rows = [0, 1, 2, 3].map((i) => join(ws.folder, `${i}.csv`))
    rows.forEach((row, i) => writeFileSync(row, `${i}\n`))
    await Promise.all(rows.map((row) => done(['append', array, row, '--sync', 'process'])))
    expect(((await data(array)) as number[]).sort()).toEqual([0, 1, 2, 3])
  })

  test('an archive that somebody else replaced is a conflict, and nothing is left of the attempt', async () => {
    const array = join(ws.folder, 's.zarr.zip/a')
    await done(['create', array, '--shape', '0', '--chunks', '4', '--dtype', 'i4'])
    writeFileSync(join(ws.folder, 'row.csv'), '1\n')
    const rows = [0, 1, 2, 3].map(() => run(['append', array, join(ws.folder, 'row.csv')]))
    const statuses = (await Promise.all(rows)).map(({ status }) => status)
    expect(statuses).toContain(1)
    expect(statuses).toContain(0)
    expect(readdirSync(ws.folder).filter((name) => name.includes('partial'))).toEqual([])
  })

  test('leaves no folder behind where a new store is refused', async () => {
    await refused(ws, 2, /chunk length/, [
      'create',
      ws.a,
      '--shape',
      '3',
      '--chunks',
      '0',
      '--sync',
      'process',
    ])
  })
})
