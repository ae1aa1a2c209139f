/** Ranges of cells are selected by mouse and keys, and copied. */
import type { Page } from '@playwright/test'
import { expect, test } from './host'
import { cell, clipboard, grid, openTable, selected } from './table-page'

let page: Page
test.beforeEach(async ({ open, folder }) => {
  page = await openTable(open, folder)
})

test('a selection is copied exactly as TSV, NumPy and JSON', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await cell(page, 0, 0).click()
  await cell(page, 1, 2).click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+c')
  await expect.poll(() => clipboard(page)).toBe('0\t1\t2\n100\t101\t102')
  const copy = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Copy selection' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await copy('Copy as NumPy')
  await expect
    .poll(() => clipboard(page))
    .toBe("np.array([[0, 1, 2],\n          [100, 101, 102]], dtype='int32')")
  await copy('Copy as JSON')
  await expect.poll(() => clipboard(page)).toBe('[[0,1,2],[100,101,102]]')
  await page.getByRole('button', { name: 'Copy selection' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'With headers' }).click()
  await page.getByRole('menuitem', { name: 'Copy as TSV' }).click()
  await expect.poll(() => clipboard(page)).toBe('\t0\t1\t2\n0\t0\t1\t2\n1\t100\t101\t102')
})

test('ranges by keys, headers and Ctrl; Tab and Enter go through one', async () => {
  await grid(page).getByRole('columnheader', { name: '2', exact: true }).click()
  await expect(selected(page)).toHaveCount(8)
  await grid(page)
    .getByRole('columnheader', { name: '4', exact: true })
    .click({ modifiers: ['Shift'] })
  await expect(selected(page)).toHaveCount(24)
  await grid(page).getByRole('rowheader', { name: '1', exact: true }).click()
  await expect(selected(page)).toHaveCount(6)
  await cell(page, 5, 5).click({ modifiers: ['Control'] })
  await expect(selected(page)).toHaveCount(7)
  await page.keyboard.press('Control+a')
  await expect(selected(page)).toHaveCount(48)
  await cell(page, 1, 1).click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.type('1')
  await page.keyboard.press('Tab')
  await page.keyboard.type('2')
  await page.keyboard.press('Tab')
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  await expect(selected(page)).toHaveCount(4)
  await expect(cell(page, 1, 1)).toHaveText('1')
  await expect(cell(page, 1, 2)).toHaveText('2')
  await expect(cell(page, 2, 1)).toHaveText('3')
  // Ctrl and an arrow stop where the missing chunk begins.
  await cell(page, 6, 0).click()
  await page.keyboard.press('Control+ArrowRight')
  await expect(cell(page, 6, 2)).toHaveAttribute('aria-selected', 'true')
  const box = (await cell(page, 0, 0).boundingBox())!
  await page.mouse.move(box.x + 5, box.y + 5)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 1.5, box.y + box.height * 2.5)
  await page.mouse.up()
  await expect(selected(page)).toHaveCount(6)
})
