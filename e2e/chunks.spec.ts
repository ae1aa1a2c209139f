import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './host'
import { writeGallery } from './gallery'

const map = (page: Page) => page.getByRole('img', { name: 'Chunk map' })
const facts = (page: Page) => page.getByRole('complementary', { name: 'Chunk facts' })

test.beforeEach(async ({ folder }) => {
  await writeGallery(join(folder, 'gallery.zarr'))
})

async function chunksOf(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Chunks' }).click()
  await expect(map(page)).toBeVisible()
}

test('the map says how many chunks are initialized, the keyboard walks over them', async ({ open }) => {
  const page = await open('gallery.zarr/maps/plane')
  await chunksOf(page)
  await expect(map(page)).toHaveAccessibleDescription(/initialized 50\/100/)
  await map(page).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const chunk = page.getByRole('region', { name: 'Chunk (0, 1)' })
  await expect(chunk).toContainText('missing')
  await expect(chunk).toContainText('0:2, 3:6')
  await page.keyboard.press('ArrowDown')
  const stored = page.getByRole('region', { name: 'Chunk (1, 1)' })
  await expect(stored).toContainText('stored')
  await expect(stored).toContainText('maps/plane/c/1/1')
  await expect(stored).toContainText('48 B')
  await expect(stored).toContainText('110')
  await expect(map(page)).toHaveAccessibleDescription(/chunk \(1, 1\) selected/)
})

test('a chunk that was cut short is an alert, and the rest stays usable', async ({ open }) => {
  const page = await open('gallery.zarr/maps/plane')
  await chunksOf(page)
  await map(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('region', { name: 'Chunk (0, 0)' }).getByRole('alert')).toContainText(
    'maps/plane/c/0/0',
  )
  await expect(page.getByRole('note', { name: 'Legend' })).toContainText('cannot be decoded')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('region', { name: 'Chunk (0, 2)' })).toContainText('stored')
})

test('Enter shows the region of the chunk as data', async ({ open }) => {
  const page = await open('gallery.zarr/maps/plane')
  await chunksOf(page)
  await map(page).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('region', { name: 'Chunk (1, 1)' })).toContainText('stored')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Data' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('grid', { name: 'Data' })).toContainText('110')
})

test('a third dimension is projected over, or fixed by number and slider', async ({ open }) => {
  const page = await open('gallery.zarr/maps/cube')
  await chunksOf(page)
  await expect(map(page)).toHaveAccessibleDescription(/initialized 3\/24/)
  await page.getByRole('checkbox', { name: 't: all' }).uncheck()
  const number = page.getByRole('spinbutton', { name: 't', exact: true })
  await expect(number).toHaveValue('0')
  await page.getByRole('slider', { name: 't', exact: true }).press('ArrowRight')
  await expect(number).toHaveValue('1')
  await map(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('region', { name: 'Chunk (1, 0, 0)' })).toContainText('missing')
})

test('totals, sizes and the largest chunks stand beside the map', async ({ open }) => {
  const page = await open('gallery.zarr/maps/plane')
  await chunksOf(page)
  await expect(facts(page)).toContainText('50/100')
  await expect(
    facts(page).getByRole('img', { name: /Histogram of stored sizes from 20 B to 48 B/ }),
  ).toBeVisible()
  await facts(page)
    .getByRole('button', { name: /^Select chunk/ })
    .first()
    .click()
  await expect(map(page)).toHaveAccessibleDescription(/selected/)
})

test('colours, zoom and panning leave the map where it can be seen', async ({ open }) => {
  const page = await open('gallery.zarr/maps/line')
  await chunksOf(page)
  await expect(map(page)).toHaveAccessibleDescription(/initialized 10\/50/)
  await page.getByText('Stored bytes', { exact: true }).click()
  await expect(page.getByRole('note', { name: 'Legend' })).toContainText('per chunk')
  await map(page).focus()
  for (const key of ['+', '+', 'Shift+ArrowRight', '-', '0']) await page.keyboard.press(key)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('region', { name: 'Chunk (0)' })).toContainText('stored')
})

test('a scalar has one chunk, metadata alone has none', async ({ open }) => {
  const page = await open('gallery.zarr/unknown')
  await chunksOf(page)
  await expect(map(page)).toHaveAccessibleDescription(/initialized 0\/1/)
})
