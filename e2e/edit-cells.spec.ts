/** Cells are edited, pasted, filled, cleared, found and replaced, then saved; the engine in a fresh process reads them. */
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { readItems, zarrscope } from './cli'
import { expect, test } from './host'
import { writeStore } from './stores'
import { cell, clipboard, editor, grid, openData, paste, save, selected, staged } from './table-page'

const NODE = 'a.zarr/obs/t'

test.describe('a table of integers', () => {
  let page: Page
  test.beforeEach(async ({ open, folder }) => {
    await writeStore(join(folder, 'a.zarr'))
    page = await open('a.zarr')
    await openData(page, 'obs/t')
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

  test('a region is filled by an expression after a preview', async ({ folder }) => {
    await grid(page).focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('Fill Selection')
    await page.keyboard.press('Enter')
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
})
