import { join } from 'node:path'
import { expect, test } from './host'
import { writeStore } from './stores'

// Opening, under whichever host runs this.

test('without a path the window welcomes', async ({ open }) => {
  const page = await open()
  await expect(page.getByRole('button', { name: /Open folder/i })).toBeVisible()
  await expect(page.getByRole('button', { name: /sample/i })).toBeVisible()
  await expect(page).toHaveTitle(/Zarrscope/)
})

test('a store that is named opens, and what was opened is listed as recent the next time', async ({
  open,
  folder,
}) => {
  await writeStore(join(folder, 'a.zarr'))
  const page = await open('a.zarr')
  await expect(page.getByRole('treeitem', { name: 'obs' })).toBeVisible()
  await expect(page).toHaveTitle(/a\.zarr/)
  const again = await open()
  await expect(again.getByText('a.zarr', { exact: true }).first()).toBeVisible()
})

test('a node that is named inside a store is shown', async ({ open, folder }) => {
  await writeStore(join(folder, 'a.zarr'))
  const page = await open('a.zarr/obs/t')
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('(8, 6)')
})

test('a path that is no store is told in one sentence, and the window stays usable', async ({ open }) => {
  const page = await open('nothing.zarr')
  await expect(page.getByRole('alert').first()).toContainText('nothing.zarr')
  await expect(page.getByRole('button', { name: /Open folder/i })).toBeEnabled()
})
