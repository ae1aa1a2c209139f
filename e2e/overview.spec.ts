import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './host'
import { writeGallery } from './gallery'
import { node } from './window-page'

test.beforeEach(async ({ folder }) => {
  await writeGallery(join(folder, 'gallery.zarr'))
})

test('an array: summary, storage, facts, pipeline, chunks', async ({ open }) => {
  const page = await open('gallery.zarr/maps/plane')
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('(20, 30), float64, chunks=(2, 3)')
  await expect(summary).toContainText('initialized: 50/100')
  await expect(summary.getByRole('button', { name: 'Copy summary' })).toBeVisible()

  const storage = page.getByRole('region', { name: 'Storage' })
  await expect(storage).toContainText('50/100')
  await expect(storage).toContainText('50.0 %')
  await expect(storage.getByRole('meter', { name: 'Initialized chunks' })).toHaveAttribute(
    'aria-valuenow',
    '50',
  )

  const facts = page.getByRole('region', { name: 'Facts' })
  await expect(facts).toContainText('(10, 10) = 100')
  await expect(facts).toContainText('y, x')
  await expect(page.getByRole('region', { name: 'Codec pipeline' })).toContainText('bytes')

  await page.getByRole('button', { name: 'Open the chunk map' }).click()
  await expect(page.getByRole('tab', { name: 'Chunks' })).toHaveAttribute('aria-selected', 'true')
})

test('a group: sums over its arrays, contents, arrays by size', async ({ open }) => {
  const page = await open('gallery.zarr/maps')
  await expect(page.getByRole('region', { name: 'Storage' })).toContainText('63/174')
  const contents = page.getByRole('region', { name: 'Contents' })
  await expect(contents.getByRole('row').filter({ hasText: 'line' })).toContainText('(100,)')
  await expect(
    page.getByRole('region', { name: 'Arrays by size' }).getByRole('button', { name: /^plane, / }),
  ).toBeVisible()
  await contents.getByRole('button', { name: 'cube' }).click()
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('(4, 6, 8)')
})

test('a group: its figures follow what another program writes', async ({ open, folder }) => {
  const page = await open('gallery.zarr/maps')
  const storage = page.getByRole('region', { name: 'Storage' })
  await expect(storage).toContainText('63/174')
  await writeFile(join(folder, 'gallery.zarr/maps/line/c/1'), new Uint8Array(16))
  await expect(storage).toContainText('64/174')
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('64/174')
})

test('conventions are recognised', async ({ open }) => {
  const page = await open('gallery.zarr/attributes')
  const conventions = page.getByRole('region', { name: 'Conventions' })
  await expect(conventions).toContainText('units')
  await expect(conventions).toContainText('K')
})

test('the metadata is shown as it is stored', async ({ open }) => {
  const page = await open('gallery.zarr/attributes')
  const documents = page.getByRole('region', { name: 'Metadata documents' })
  await documents.getByText('zarr.json').click()
  await expect(documents).toContainText('12345678901234567890')
})

test('Refresh counts again', async ({ open, folder }) => {
  const page = await open('gallery.zarr/maps/line')
  await expect(page.getByRole('region', { name: 'Storage' })).toContainText('10/50')
  await writeGallery(join(folder, 'gallery.zarr'))
  await writeFile(join(folder, 'gallery.zarr/maps/line/c/1'), new Uint8Array(16))
  await node(page, 'gallery.zarr').focus()
  await page.keyboard.press('F5')
  await expect(page.getByRole('region', { name: 'Storage' })).toContainText('11/50')
})
