/** Jobs and what makes stores, by their dialogs; what came of it is read by the command line, in a process of its own. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { h5pySample } from '../src/main/engine/interop/testing/h5py-sample'
import { readInfo, readItems, zarrscope } from './cli'
import { expect, test } from './host'
import { npyFile, writeStore } from './stores'
import { jobs, node, nodeMenu, runCommand, save } from './window-page'

const dialog = (name: string): Locator => page.getByRole('dialog', { name: new RegExp(`^${name}`) })

/** Chooses a file of the test's folder, in the folders of the host. */
async function choose(form: Locator, file: string): Promise<void> {
  await form.getByRole('button', { name: 'Choose…' }).click()
  await page.getByRole('button', { name: new RegExp(`^${file}`) }).click()
  await page.getByRole('button', { name: `Choose ${file}` }).click()
}
/** An array of noise in chunks of 256 KiB: storing it anew with the strongest compression takes seconds. */
async function writeNoise(folder: string, chunks: number): Promise<void> {
  const bytes = randomBytes(chunks * 2 ** 18)
  writeFileSync(join(folder, 'noise.npy'), npyFile('|u1', [bytes.length], bytes))
  await zarrscope(folder, ...'copy noise.npy s.zarr/obs/noise --chunks 262144 --compressor none'.split(' '))
}
async function recompress(): Promise<void> {
  await nodeMenu(page, 'noise', 'Copy/Convert to…')
  await dialog('Copy or convert').getByRole('textbox', { name: 'Path of the copy' }).fill('obs/small')
  await dialog('Copy or convert').getByRole('textbox', { name: 'Compressor' }).fill('zstd:22')
  await dialog('Copy or convert').getByRole('button', { name: 'Copy', exact: true }).click()
}

let page: Page
let store: string
async function start(open: (...paths: string[]) => Promise<Page>, name = 's.zarr'): Promise<void> {
  page = await open(name)
  await node(page, 'obs').click()
  await expect(node(page, 't')).toBeVisible()
}
test.beforeEach(async ({ folder }) => {
  store = join(folder, 's.zarr')
  await writeStore(store)
})
const inFolders = (): void =>
  test.skip(test.info().project.metadata['host'] === 'electron', 'native dialogs cannot be driven')

test('a new store is written at once and opened', async ({ open, folder }) => {
  inFolders()
  await start(open)
  await runCommand(page, 'New Store')
  const form = dialog('New store')
  await form.getByText('A single array').click()
  await form.getByRole('textbox', { name: 'Shape' }).fill('4, 3')
  await form.getByLabel('Data type', { exact: true }).fill('int16')
  await form.getByRole('button', { name: 'Choose…' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('made.zarr')
  await page.getByRole('button', { name: 'Save here' }).click()
  await form.getByRole('button', { name: 'Create store' }).click()
  await expect(node(page, 'made.zarr')).toBeVisible()
  expect(await readInfo(folder, 'made.zarr')).toMatchObject({ shape: [4, 3], dtype: 'int16' })
})

test('a new group is staged, with the groups on the way', async ({ open }) => {
  await start(open)
  await nodeMenu(page, 'obs', 'New group…')
  await dialog('New group').getByRole('textbox', { name: 'Name' }).fill('deep/er')
  await dialog('New group').getByRole('button', { name: 'Create group' }).click()
  await expect(node(page, 'deep')).toBeVisible()
  expect(existsSync(join(store, 'obs/deep'))).toBe(false)
  await save(page)
  expect(await readInfo(store, 'obs/deep/er')).toMatchObject({ kind: 'group' })
})

test('a file is imported with chunks of its own, another is appended', async ({ open, folder }) => {
  inFolders()
  writeFileSync(join(folder, 'rows.npy'), npyFile('<i4', [2, 3], Int32Array.of(1, 2, 3, 4, 5, 6)))
  await start(open)
  await nodeMenu(page, 'obs', 'Import…')
  await choose(dialog('Import'), 'rows.npy')
  await expect(dialog('Import')).toContainText('(2, 3)')
  await dialog('Import').getByRole('textbox', { name: 'Chunks' }).fill('1, 3')
  await dialog('Import').getByRole('button', { name: 'Import', exact: true }).click()
  await expect(node(page, 'rows')).toBeVisible()
  expect(await readInfo(store, 'obs/rows')).toMatchObject({ shape: [2, 3], chunks: [1, 3], dtype: 'int32' })
  await node(page, 'rows').dblclick()
  await runCommand(page, 'Append')
  await choose(dialog('Append'), 'rows.npy')
  await expect(dialog('Append')).toContainText('The shape will be (4, 3).')
  await dialog('Append').getByRole('button', { name: 'Append', exact: true }).click()
  await expect((await jobs(page)).getByRole('listitem').first()).toContainText('(4, 3)')
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
  ]
  expect(await readItems(store, 'obs/rows')).toEqual([...rows, ...rows])
})

test('a dataset of an HDF5 file and a table are imported', async ({ open, folder }) => {
  inFolders()
  writeFileSync(join(folder, 'station.h5'), h5pySample())
  writeFileSync(join(folder, 'table.csv'), '1,2.5\n3,4\n')
  await start(open)
  await nodeMenu(page, 'obs', 'Import…')
  await choose(dialog('Import'), 'station.h5')
  const inside = dialog('Import').getByRole('combobox', { name: 'Inside the file' })
  await inside.fill('/obs/t')
  await page.getByRole('option', { name: /^\/obs\/t / }).click()
  await dialog('Import').getByRole('button', { name: 'Import', exact: true }).click()
  await expect(node(page, 'station')).toBeVisible()
  expect(await readInfo(store, 'obs/station')).toMatchObject({ shape: [5, 3], chunks: [2, 3] })
  await nodeMenu(page, 'obs', 'Import…')
  await choose(dialog('Import'), 'table.csv')
  await expect(dialog('Import')).toContainText('A table of 2 columns')
  await dialog('Import').getByRole('button', { name: 'Import', exact: true }).click()
  await expect(node(page, 'table')).toBeVisible()
  expect(await readItems(store, 'obs/table')).toEqual([
    [1, 2.5],
    [3, 4],
  ])
})

test('a store of format 2 gets documents of format 3 beside its own', async ({ open, folder }) => {
  const old = join(folder, 'old.zarr')
  await zarrscope(folder, 'copy', 's.zarr', 'old.zarr', '--zarr-format', '2')
  await start(open, 'old.zarr')
  const before = await readItems(old, 'obs/t')
  await node(page, 'old.zarr').dblclick()
  await runCommand(page, 'Migrate to Format 3')
  await dialog('Migrate').getByRole('button', { name: 'Migrate', exact: true }).click()
  await expect((await jobs(page)).getByRole('listitem').first()).toContainText('format 3')
  await expect.poll(async () => (await readInfo(old, 'obs/t'))['zarrFormat']).toBe(3)
  expect(await readItems(old, 'obs/t')).toEqual(before)
  expect(existsSync(join(old, 'obs/t/.zarray'))).toBe(true)
})

test('an array is stored differently in its place', async ({ open }) => {
  await start(open)
  const before = await readItems(store, 'obs/t')
  await node(page, 't').dblclick()
  await runCommand(page, 'Rechunk or Recompress')
  const form = dialog('Rechunk or recompress')
  await expect(form.getByRole('button', { name: 'Rewrite in place' })).toBeDisabled()
  await form.getByRole('textbox', { name: 'Chunks' }).fill('2, none')
  await form.getByRole('textbox', { name: 'Compressor' }).fill('zstd:3')
  await form.getByRole('button', { name: 'Rewrite in place' }).click()
  await expect(await jobs(page)).toContainText('read back and found equal')
  expect(await readInfo(store, 'obs/t')).toMatchObject({ chunks: [2, 6] })
  expect(await readItems(store, 'obs/t')).toEqual(before)
})

test('consolidated metadata is staged and saved', async ({ open, folder }) => {
  await start(open)
  await nodeMenu(page, 's.zarr', 'Consolidate metadata')
  await save(page)
  expect(readFileSync(join(store, 'zarr.json'), 'utf8')).toContain('"obs/t"')
  expect(JSON.parse(await zarrscope(folder, 'verify', 's.zarr', '--json'))).toMatchObject({ problems: [] })
})

test('a job is paused, goes on, and comes to its end', async ({ open, folder }) => {
  test.slow()
  await writeNoise(folder, 24)
  await start(open)
  await recompress()
  const panel = await jobs(page)
  await panel.getByRole('button', { name: /^Pause Copy/ }).click()
  await expect(panel).toContainText(/paused/i)
  await expect(node(page, 'small')).toHaveCount(0)
  await panel.getByRole('button', { name: /^Resume Copy/ }).click()
  await expect(panel).toContainText('read back and found equal', { timeout: 60_000 })
  const [before, after] = [join(folder, 'noise.npy'), join(folder, 'small.npy')]
  await zarrscope(folder, 'get', 's.zarr/obs/small', '...', '-f', 'npy', '-o', after)
  expect(readFileSync(after).equals(readFileSync(before))).toBe(true)
})

test('a job that is cancelled leaves nothing', async ({ open, folder }) => {
  await writeNoise(folder, 128)
  await start(open)
  await recompress()
  const panel = await jobs(page)
  await panel.getByRole('button', { name: /^Cancel Copy/ }).click()
  await expect(panel.getByRole('button', { name: /^Remove Copy/ })).toBeVisible()
  await expect(panel).toContainText(/cancelled/i)
  expect(existsSync(join(store, 'obs/small'))).toBe(false)
  expect(await zarrscope(folder, 'tree', 's.zarr')).not.toContain('small')
})
