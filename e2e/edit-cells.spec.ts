/** Cells are typed, pasted and cleared, then saved; the engine in a fresh process reads them. */
import type { Page } from '@playwright/test'
import { readItems, zarrscope } from './cli'
import { expect, test } from './host'
import { cell, editor, openTable, paste, selected } from './table-page'
import { save, staged } from './window-page'

const NODE = 'a.zarr/obs/t'

let page: Page
test.beforeEach(async ({ open, folder }) => {
  page = await openTable(open, folder)
})

test('typing replaces a value; Enter and Tab move on; Escape gives up', async ({ folder }) => {
  await cell(page, 1, 1).click()
  await page.keyboard.type('42')
  await page.keyboard.press('Enter')
  await expect(cell(page, 1, 1)).toHaveText('42')
  await expect(cell(page, 1, 1)).toHaveAccessibleDescription('edited')
  await expect(cell(page, 2, 1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.type('-7')
  await page.keyboard.press('Tab')
  await expect(cell(page, 2, 2)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('F2')
  await expect(editor(page)).toHaveValue('202')
  await editor(page).fill('9')
  await page.keyboard.press('Escape')
  await expect(cell(page, 2, 2)).toHaveText('202')
  await cell(page, 3, 0).dblclick()
  await expect(editor(page)).toHaveValue('300')
  await page.keyboard.press('End')
  await page.keyboard.type('1')
  await page.keyboard.press('Shift+Enter')
  await expect(cell(page, 2, 0)).toHaveAttribute('aria-selected', 'true')
  await expect(staged(page)).toContainText('3 staged edits')
  expect(await readItems(folder, NODE, '1:4, 0:3')).toEqual([
    [100, 101, 102],
    [200, 201, 202],
    [300, 301, 302],
  ])
  await save(page)
  expect(await readItems(folder, NODE, '1:4, 0:3')).toEqual([
    [100, 42, 102],
    [200, -7, 202],
    [3001, 301, 302],
  ])
})

test('a value that the data type cannot hold is refused in its place', async () => {
  await cell(page, 0, 0).click()
  await page.keyboard.type('2147483648')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('does not fit into int32 (-2147483648 to 2147483647)')
  await expect(editor(page)).toBeFocused()
  await editor(page).fill('1.5')
  await expect(page.getByRole('alert')).toContainText('not an integer')
  // A click elsewhere does not lose it either.
  await cell(page, 3, 3).click()
  await expect(editor(page)).toHaveValue('1.5')
  await editor(page).fill('15')
  await page.keyboard.press('Enter')
  await expect(cell(page, 0, 0)).toHaveText('15')
  await expect(staged(page)).toContainText('1 staged edit')
})

test('a cell of a missing chunk gets a value; undo and redo show at once', async ({ folder }) => {
  await expect(cell(page, 7, 5)).toHaveAccessibleDescription(/missing/)
  await cell(page, 7, 5).click()
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  await expect(cell(page, 7, 5)).toHaveAccessibleDescription('edited')
  await page.keyboard.press('Control+z')
  await expect(cell(page, 7, 5)).toHaveText('-1')
  await expect(cell(page, 7, 5)).toHaveAccessibleDescription(/missing/)
  await page.keyboard.press('Control+Shift+z')
  await expect(cell(page, 7, 5)).toHaveText('5')
  await save(page)
  expect(await readItems(folder, NODE, '7, 3:')).toEqual([-1, -1, 5])
})

test('Ctrl+Enter gives a value to the whole selection, Delete takes it to the fill value', async ({
  folder,
}) => {
  await cell(page, 0, 0).click()
  await cell(page, 1, 1).click({ modifiers: ['Shift'] })
  await page.keyboard.type('8')
  await page.keyboard.press('Control+Enter')
  await expect(cell(page, 1, 0)).toHaveText('8')
  await cell(page, 4, 0).click()
  await cell(page, 7, 2).click({ modifiers: ['Shift'] })
  await page.keyboard.press('Delete')
  await expect(cell(page, 6, 1)).toHaveText('-1')
  await save(page)
  expect(await readItems(folder, NODE, '0:2, 0:3')).toEqual([
    [8, 8, 2],
    [8, 8, 102],
  ])
  // The chunk was covered whole: it is gone.
  expect(await zarrscope(folder, 'info', NODE)).toContain('initialized: 2/4')
})

test('a block from a spreadsheet: placed, repeated, clipped after a question, refused as a whole', async ({
  folder,
}) => {
  await cell(page, 2, 2).click()
  await paste(page, '1\t2\r\n3\t4\r\n')
  await expect(cell(page, 3, 3)).toHaveText('4')
  await expect(selected(page)).toHaveCount(4)
  await cell(page, 4, 0).click()
  await cell(page, 7, 1).click({ modifiers: ['Shift'] })
  await paste(page, '5\n6')
  await expect(cell(page, 7, 1)).toHaveText('6')
  await cell(page, 0, 5).click()
  await paste(page, '7\t8')
  const question = page.getByRole('dialog', { name: 'The block reaches beyond the array' })
  await expect(question).toContainText('1 of its cells')
  await question.getByRole('button', { name: 'Paste what fits' }).click()
  await expect(cell(page, 0, 5)).toHaveText('7')
  // What is left out need not be readable.
  await paste(page, '1\t2\n3\tx')
  await question.getByRole('button', { name: 'Paste what fits' }).click()
  await expect(cell(page, 1, 5)).toHaveText('3')
  await cell(page, 0, 0).click()
  await paste(page, '1\t2\n3\tx')
  await expect(page.getByText('Row 2, column 2 of the block: "x" is not an integer.')).toBeVisible()
  await expect(cell(page, 0, 0)).toHaveText('0')
  await save(page)
  expect(await readItems(folder, NODE, '0:2, 4:')).toEqual([
    [4, 1],
    [104, 3],
  ])
  expect(await readItems(folder, NODE, '2:, 0:4')).toEqual([
    [200, 201, 1, 2],
    [300, 301, 3, 4],
    [5, 5, 402, -1],
    [6, 6, 502, -1],
    [5, 5, 602, -1],
    [6, 6, 702, -1],
  ])
})
