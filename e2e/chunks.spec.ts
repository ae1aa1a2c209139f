import { readFile, rm, writeFile } from 'node:fs/promises'
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
  await expect(map(page)).toHaveAccessibleDescription(/t at 1/)
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

test('Home, End and the pages lead over the map, and the chunk is spoken', async ({ open }) => {
  const page = await open('gallery.zarr/maps/plane')
  await chunksOf(page)
  const spoken = page.getByRole('status', { name: 'Selected chunk' })
  await map(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(spoken).toContainText('Chunk (0, 0): region [0:2, 0:3]')
  await page.keyboard.press('End')
  await expect(spoken).toHaveText('Chunk (0, 9): region [0:2, 27:30]: 48 B → missing')
  await page.keyboard.press('Control+End')
  await expect(spoken).toHaveText('Chunk (9, 9): region [18:20, 27:30]: 48 B → 48 B, ratio 1.0')
  await page.keyboard.press('Home')
  await page.keyboard.press('PageUp')
  await expect(spoken).toContainText('Chunk (0, 0)')
})

test('Verify all decodes every chunk: damage and chunks of nothing but fill are listed and described', async ({
  open,
}) => {
  const page = await open('gallery.zarr/maps/cube', 'gallery.zarr/maps/plane')
  await page.getByRole('treeitem', { name: 'plane', exact: true }).click()
  await chunksOf(page)
  await facts(page).getByRole('button', { name: 'Verify all' }).click()
  await expect(map(page)).toHaveAccessibleDescription(/1 cannot be decoded/)
  const problems = page.getByRole('region', { name: 'Problems' })
  await problems.getByRole('button', { name: /\(0, 0\)/ }).click()
  await expect(page.getByRole('region', { name: 'Chunk (0, 0)' }).getByRole('alert')).toBeVisible()
  await page.getByText('Min', { exact: true }).click()
  await expect(page.getByRole('note', { name: 'Legend' })).toContainText('least value')
})

test('the codec chain, the checksum and the bytes of a chunk', async ({ open }) => {
  const page = await open('gallery.zarr/maps/plane')
  await chunksOf(page)
  await map(page).focus()
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key)
  const chunk = page.getByRole('region', { name: 'Chunk (1, 1)' })
  const chain = chunk.getByRole('table', { name: 'Codec chain' })
  await expect(chain.getByRole('row', { name: /bytes 48 B/ })).toBeVisible()
  await expect(chunk).toContainText('No checksum')
  await chunk.getByRole('button', { name: 'Bytes' }).click()
  const bytes = page.getByRole('region', { name: 'Bytes of chunk (1, 1)' })
  // 110 as a double: 00 00 00 00 00 80 5b 40.
  await expect(bytes).toContainText('00 00 00 00 00 80 5b 40')
  await bytes.getByText('Decoded').click()
  await expect(bytes).toContainText('00 00 00 00 00 80 5b 40')
  const saving = page.waitForEvent('download')
  await chunk.getByRole('button', { name: 'Export raw' }).click()
  await page.getByRole('menuitem', { name: 'Stored bytes' }).click()
  const download = await saving
  expect(download.suggestedFilename()).toBe('plane.1.1.stored.bin')
  expect((await readFile(await download.path())).length).toBe(48)
})

test('the map follows chunks that somebody else writes and deletes', async ({ open, folder }) => {
  const page = await open('gallery.zarr/maps/line')
  await chunksOf(page)
  await expect(map(page)).toHaveAccessibleDescription(/initialized 10\/50/)
  const chunk = (i: number): string => join(folder, 'gallery.zarr/maps/line/c', String(i))
  await writeFile(chunk(1), new Uint8Array(16))
  await expect(map(page)).toHaveAccessibleDescription(/initialized 11\/50/)
  await rm(chunk(1))
  await rm(chunk(5))
  await expect(map(page)).toHaveAccessibleDescription(/initialized 9\/50/)
})

test('deleting a chunk says what goes, is staged, and can be undone', async ({ open, folder }) => {
  const page = await open('gallery.zarr/maps/line')
  await chunksOf(page)
  await map(page).focus()
  await page.keyboard.press('ArrowRight')
  const chunk = page.getByRole('region', { name: 'Chunk (0)' })
  await chunk.getByRole('button', { name: /^Delete chunk/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete chunk (0)?' })
  await expect(dialog.getByRole('status')).toHaveText('Deletes 1 chunk, 16 B.')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(map(page)).toHaveAccessibleDescription(/initialized 9\/50.*1 edited/)
  await expect(dialog).toBeHidden()
  expect((await readFile(join(folder, 'gallery.zarr/maps/line/c/0'))).length).toBe(16)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(map(page)).toHaveAccessibleDescription(/initialized 10\/50/)
})

test('chunks of nothing but the fill value are found and dropped, in numbers first', async ({ open }) => {
  const page = await open('gallery.zarr/maps/line')
  await chunksOf(page)
  await facts(page).getByRole('button', { name: 'Find fill-only chunks' }).click()
  await expect(map(page)).toHaveAccessibleDescription(/10 nothing but the fill value/)
  await facts(page)
    .getByRole('button', { name: /^Drop them/ })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Drop fill-only chunks?' })
  await expect(dialog.getByRole('status')).toHaveText('Deletes 10 chunks, 160 B.')
  await dialog.getByRole('button', { name: 'Drop them' }).click()
  await expect(map(page)).toHaveAccessibleDescription(/initialized 0\/50/)
})
