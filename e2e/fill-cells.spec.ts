/** Cells are filled, found and replaced, then saved; the engine in a fresh process reads them. */
import type { Locator, Page } from '@playwright/test'
import { readItems } from './cli'
import { expect, test } from './host'
import { cell, grid, openTable } from './table-page'
import { runCommand, save, staged } from './window-page'

const NODE = 'a.zarr/obs/t'

let page: Page
test.beforeEach(async ({ open, folder }) => {
  page = await openTable(open, folder)
})

test('a region is filled by an expression after a preview', async ({ folder }) => {
  await grid(page).focus()
  await page.keyboard.press('Control+a')
  await runCommand(page, 'Fill Selection')
  const dialog = page.getByRole('dialog', { name: /^Fill/ })
  await dialog.getByRole('combobox', { name: 'With' }).selectOption('Expression')
  await dialog.getByRole('textbox', { name: 'Expression' }).fill('time * 10 + y')
  await expect(dialog.getByRole('alert')).toContainText('Character 13: "y" is not known here')
  await expect(dialog.getByRole('button', { name: 'Fill' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Expression' }).fill('time * 10 + i1')
  await expect(dialog.getByText('0, 1, 2, 3, 4, 5, 10, 11, …')).toBeVisible()
  await expect(dialog.getByText('48 cells, 4 chunks rewritten.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Fill' }).click()
  await expect(cell(page, 7, 5)).toHaveText('75')
  await save(page)
  expect(await readItems(folder, NODE, '6:8, ::5')).toEqual([
    [60, 65],
    [70, 75],
  ])
})

test('steps, even spacing and random numbers fill too', async ({ folder }) => {
  const fill = async (
    row: number,
    kind: string,
    answer: (dialog: Locator) => Promise<void>,
  ): Promise<void> => {
    await cell(page, row, 0).click()
    await cell(page, row, 5).click({ modifiers: ['Shift'] })
    await page.getByRole('button', { name: 'Change selection' }).click()
    await page.getByRole('menuitem', { name: 'Fill…' }).click()
    const dialog = page.getByRole('dialog', { name: /^Fill/ })
    await dialog.getByRole('combobox', { name: 'With' }).selectOption(kind)
    await answer(dialog)
    await dialog.getByRole('button', { name: 'Fill' }).click()
    await expect(dialog).toBeHidden()
  }
  await fill(0, 'Steps (arange)', async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Start' }).fill('100')
    await dialog.getByRole('textbox', { name: 'Step' }).fill('-5')
  })
  await fill(1, 'Even spacing (linspace)', async (dialog) => {
    await dialog.getByRole('textbox', { name: 'First' }).fill('0')
    await dialog.getByRole('textbox', { name: 'Last' }).fill('50')
  })
  await fill(2, 'Constant', async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Value' }).fill('3')
  })
  await fill(3, 'Random', async (dialog) => {
    await dialog.getByRole('textbox', { name: 'From' }).fill('1')
    await dialog.getByRole('textbox', { name: 'To' }).fill('6')
  })
  await expect(staged(page)).toContainText('4 staged edits')
  await save(page)
  const items = (await readItems(folder, NODE, '0:4')) as number[][]
  expect(items.slice(0, 3)).toEqual([
    [100, 95, 90, 85, 80, 75],
    [0, 10, 20, 30, 40, 50],
    [3, 3, 3, 3, 3, 3],
  ])
  expect(items[3]!.every((n) => n >= 1 && n <= 6)).toBe(true)
})

test('cells are found by a condition, one after the other, and replaced', async ({ folder }) => {
  await cell(page, 0, 0).click()
  await page.keyboard.press('Control+f')
  const bar = page.getByRole('search', { name: 'Find and replace' })
  const input = bar.getByRole('textbox', { name: 'Find', exact: true })
  await input.fill('x % 100 == 2 and x > 300')
  await input.press('Enter')
  await expect(cell(page, 3, 2)).toHaveAttribute('aria-selected', 'true')
  await input.press('Enter')
  await expect(cell(page, 4, 2)).toHaveAttribute('aria-selected', 'true')
  await input.press('Shift+Enter')
  await expect(cell(page, 3, 2)).toHaveAttribute('aria-selected', 'true')
  await bar.getByRole('textbox', { name: 'Replace with' }).fill('= x * 2')
  await bar.getByRole('button', { name: 'Replace', exact: true }).click()
  await expect(cell(page, 3, 2)).toHaveText('604')
  await expect(cell(page, 4, 2)).toHaveAttribute('aria-selected', 'true')
  await bar.getByRole('textbox', { name: 'Replace with' }).fill('0')
  await bar.getByRole('button', { name: 'Replace all' }).click()
  await expect(cell(page, 7, 2)).toHaveText('0')
  await input.fill('> 10000')
  await input.press('Enter')
  await expect(bar.getByText('No cell matches.')).toBeVisible()
  await input.fill('x >')
  await input.press('Enter')
  await expect(bar.getByRole('alert')).toContainText('not complete')
  await input.press('Escape')
  await expect(grid(page)).toBeFocused()
  await save(page)
  expect(await readItems(folder, NODE, '2:8, 2')).toEqual([202, 604, 0, 0, 0, 0])
})
