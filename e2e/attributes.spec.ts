import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './host'
import { writeGallery } from './gallery'

const table = (page: Page) => page.getByRole('treegrid', { name: 'Attributes' })
const row = (page: Page, key: string) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: key, exact: true }) })

let page: Page
test.beforeEach(async ({ open, folder }) => {
  await writeGallery(join(folder, 'gallery.zarr'))
  page = await open('gallery.zarr/attributes')
  await page.getByRole('tab', { name: 'Attributes' }).click()
  await expect(table(page)).toBeVisible()
})

test('numbers are shown as they are stored', async () => {
  await expect(row(page, 'count')).toContainText('12345678901234567890')
  await expect(row(page, 'ratio')).toContainText('1.50')
  await expect(row(page, 'limit')).toContainText('Infinity')
  await expect(page.getByRole('note')).toContainText('strict JSON')
})

test('characters that reorder text are made visible', async () => {
  await expect(row(page, 'name')).toContainText('a\\u202eb')
})

test('containers open by keyboard', async () => {
  await row(page, 'nested').focus()
  await page.keyboard.press('ArrowRight')
  await expect(row(page, 'list')).toHaveAttribute('aria-level', '2')
  await page.keyboard.press('ArrowLeft')
  await expect(row(page, 'list')).toHaveCount(0)
})

test('the search finds keys and values and opens the way to them', async () => {
  await page.getByRole('textbox', { name: 'Search attributes' }).fill('temperature')
  await expect(row(page, 'deep')).toContainText('Temperature')
  await expect(page.getByText('1 found')).toBeVisible()
  await page.getByRole('textbox', { name: 'Search attributes' }).fill('nowhere')
  await expect(page.getByText('No key and no value contains')).toBeVisible()
})

test('a link is text until the person agrees to its whole address', async () => {
  await row(page, 'homepage').getByRole('button', { name: 'Open link…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Open this link?' })
  await expect(dialog).toContainText('https://example.org/data?id=7')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await row(page, 'plain').getByRole('button', { name: 'Open link…' }).click()
  await expect(dialog.getByRole('button', { name: 'Open', exact: true })).toBeDisabled()
})

test('the raw text is what is stored', async () => {
  await page.getByText('Raw JSON').click()
  await expect(page.getByRole('textbox', { name: 'Attributes as JSON' })).toContainText(
    '12345678901234567890',
  )
})
