import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './host'
import { writeStore } from './stores'

// The Data view on real chunks: cells, states, slices, dimensions, and scrolling over 10^12 rows.
test.beforeEach(({ folder }) => writeStore(join(folder, 'a.zarr')))

async function openData(page: Page, node: string): Promise<Locator> {
  const tree = page.getByRole('tree', { name: 'Explorer' })
  if (node.includes('/')) {
    await tree.getByRole('treeitem', { name: node.split('/')[0]! }).click()
    await page.keyboard.press('ArrowRight')
  }
  await tree.getByRole('treeitem', { name: node.split('/').at(-1)!, exact: true }).click()
  await page.getByRole('tab', { name: 'Data', exact: true }).click()
  const grid = page.getByRole('grid', { name: 'Data' })
  await expect(grid).toBeVisible()
  return grid
}

const cell = (grid: Locator, row: number, column: number): Locator =>
  grid.locator(`[role=gridcell][aria-rowindex="${row + 1}"][aria-colindex="${column + 1}"]`)

test('shows stored cells exactly, and cells of a missing chunk as such', async ({ open }) => {
  const grid = await openData(await open('a.zarr'), 'obs/t')
  await expect(grid).toHaveAttribute('aria-rowcount', '8')
  await expect(grid).toHaveAttribute('aria-colcount', '6')
  await expect(cell(grid, 0, 0)).toHaveText('0')
  await expect(cell(grid, 3, 5)).toHaveText('305')
  await expect(cell(grid, 7, 2)).toHaveText('702')
  await expect(cell(grid, 7, 2)).toHaveAccessibleDescription('')
  await expect(cell(grid, 7, 5)).toHaveText('-1')
  await expect(cell(grid, 7, 5)).toHaveAccessibleDescription(/missing/)
})

test('a slice in NumPy syntax, with names and steps; mistakes are shown at their character', async ({
  open,
}) => {
  const page = await open('a.zarr')
  const grid = await openData(page, 'obs/t')
  const slice = page.getByRole('textbox', { name: 'Slice' })
  await slice.fill('1::2, ::-1')
  await slice.press('Enter')
  await expect(grid).toHaveAttribute('aria-rowcount', '4')
  await expect(cell(grid, 0, 0)).toHaveText('105')
  await expect(grid.getByRole('rowheader').first()).toHaveText('1')
  await expect(grid.getByRole('columnheader').first()).toHaveText('5')
  await slice.fill('x=4, time=2:4')
  await slice.press('Enter')
  await expect(grid).toHaveAttribute('aria-rowcount', '2')
  await expect(cell(grid, 1, 0)).toHaveText('304')
  await slice.fill('0, 9')
  await slice.press('Enter')
  await expect(page.getByRole('alert')).toContainText('9')
  await slice.press('Escape')
  await expect(slice).toHaveValue('2:4, 4')
})

test('dimensions change places, and a fixed one steps by field, slider and keyboard', async ({ open }) => {
  const page = await open('a.zarr')
  const grid = await openData(page, 'obs/t')
  await page.getByRole('combobox', { name: 'Rows' }).selectOption({ label: 'x (6)' })
  await expect(grid).toHaveAttribute('aria-rowcount', '6')
  await expect(cell(grid, 2, 1)).toHaveText('102')
  const slice = page.getByRole('textbox', { name: 'Slice' })
  await slice.fill('3')
  await slice.press('Enter')
  const time = page.getByRole('spinbutton', { name: 'time' })
  await expect(time).toHaveValue('3')
  await expect(cell(grid, 2, 0)).toHaveText('302')
  await time.fill('5')
  await expect(cell(grid, 2, 0)).toHaveText('502')
  await page.getByRole('slider', { name: 'time' }).press('ArrowLeft')
  await expect(cell(grid, 2, 0)).toHaveText('402')
  await grid.focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(time).toHaveValue('5')
})

test('moves and selects by keyboard; the inspector tells of cell, chunk and selection', async ({ open }) => {
  const page = await open('a.zarr')
  const grid = await openData(page, 'obs/t')
  await grid.focus()
  await page.keyboard.press('Control+ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(cell(grid, 1, 5)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+Control+Home')
  await expect(grid.getByRole('gridcell', { selected: true })).toHaveCount(12)
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByText('630', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+End')
  await expect(inspector).toContainText('[7, 5]')
  await expect(inspector).toContainText('c/1/1')
  await expect(inspector).toContainText(/missing/)
})

test('the last of 10^12 rows is a keystroke away, and every row is exact', async ({ open }) => {
  const page = await open('a.zarr')
  const grid = await openData(page, 'huge')
  await expect(grid).toHaveAttribute('aria-rowcount', '1000000000000')
  await grid.focus()
  await page.keyboard.press('Control+End')
  await expect(grid.getByRole('rowheader').last()).toHaveText('999999999999')
  await expect(cell(grid, 1e12 - 1, 3)).toHaveText('-1')
  await page.keyboard.press('Control+g')
  await page.getByRole('textbox', { name: 'Index' }).fill('123456789012, 2')
  await page.keyboard.press('Enter')
  await expect(cell(grid, 123456789012, 2)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(cell(grid, 123456789013, 2)).toHaveAttribute('aria-selected', 'true')
  // Native scrolling near the end of the laid-out window moves the window on.
  const box = (await grid.boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (let i = 0; i < 100; i++) await page.mouse.wheel(0, 4800)
  await expect
    .poll(async () => Number(await grid.getByRole('rowheader').first().textContent()))
    .toBeGreaterThan(123456789012 + 19_000)
  const rows = await grid.getByRole('rowheader').allTextContents()
  expect(rows.map(Number)).toEqual(rows.map((_, i) => Number(rows[0]) + i))
})

test('copies the selection as the table shows it', async ({ open }) => {
  const page = await open('a.zarr')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const grid = await openData(page, 'obs/t')
  await expect(cell(grid, 1, 1)).toHaveText('101')
  await grid.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Control+c')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('0\t1\n100\t101')
})
