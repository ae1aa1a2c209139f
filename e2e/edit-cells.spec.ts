/** Cells are edited, pasted, filled, cleared, found and replaced, then saved; the engine in a fresh process reads them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { readItems, zarrscope } from './cli'
import { expect, test } from './host'
import { writeStore } from './stores'

const NODE = 'a.zarr/obs/t'
const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Data' })
const cell = (page: Page, row: number, column: number): Locator =>
  grid(page).locator(`[role=gridcell][aria-rowindex="${row + 1}"][aria-colindex="${column + 1}"]`)
const staged = (page: Page): Locator => page.getByRole('status', { name: 'Staged edits' })
const editor = (page: Page): Locator => page.getByRole('textbox', { name: /^Value of \[/ })
const selected = (page: Page): Locator => grid(page).getByRole('gridcell', { selected: true })

async function openData(page: Page, node: string): Promise<void> {
  const tree = page.getByRole('tree', { name: 'Explorer' })
  const names = node.split('/')
  if (names.length > 1) {
    await tree.getByRole('treeitem', { name: names[0]!, exact: true }).click()
    await page.keyboard.press('ArrowRight')
  }
  await tree.getByRole('treeitem', { name: names.at(-1)!, exact: true }).click()
  await page.getByRole('tab', { name: 'Data', exact: true }).click()
  await expect(grid(page).getByRole('gridcell').first()).not.toHaveAccessibleDescription('loading')
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(staged(page)).toBeHidden()
}

/** Puts text on the clipboard and pastes it, as from another program. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((content) => navigator.clipboard.writeText(content), text)
  await grid(page).focus()
  await page.keyboard.press('Control+v')
}

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())

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

  test('steps, even spacing, random numbers and files fill too', async ({ folder }) => {
    await writeFile(join(folder, 'row.csv'), '1,2,3,4,5,6\n')
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

test('every kind of value is edited in its own words', async ({ open, folder }) => {
  const create = (name: string, dtype: string, shape: string, ...rest: string[]): Promise<string> =>
    zarrscope(folder, 'create', `t.zarr/${name}`, '--dtype', dtype, '--shape', shape, ...rest)
  await create('bool', 'bool', '2')
  await create('complex', 'c16', '2')
  await create('date', 'M8[D]', '2')
  await create('half', 'f2', '2')
  await create('long', 'u8', '2')
  await create('record', '[("id","<i4"),("x","<f8"),("tag","<U3")]', '2')
  await create('records', '[("id","<i4"),("x","<f8")]', '2,2')
  await create('text', 'U3', '2')
  await create('texts', 'string', '2')
  await create('zero', 'f8', '')
  const page = await open('t.zarr')
  const type = async (node: string, text: string, row = 0, column = 0): Promise<void> => {
    await openData(page, node)
    await cell(page, row, column).click()
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  await openData(page, 'bool')
  await cell(page, 1, 0).click()
  await page.keyboard.press('Space')
  await expect(cell(page, 1, 0)).toHaveText('True')
  await type('complex', '1.5-2j')
  await type('date', 'NaT')
  await type('date', '2001-02-03', 1)
  await type('half', '70000')
  await expect(page.getByRole('alert')).toContainText('beyond the range of float16')
  await editor(page).fill('3.14159')
  await expect(page.getByRole('note').getByText('Stored as 3.14')).toBeVisible()
  await page.keyboard.press('Enter')
  await type('long', '18446744073709551615')
  await type('record', '2.5', 0, 1)
  await type('record', 'four', 1, 2)
  await expect(page.getByRole('alert')).toContainText('4 characters; this type holds 3')
  await editor(page).fill('abc')
  await page.keyboard.press('Enter')
  await openData(page, 'records')
  await cell(page, 1, 1).dblclick()
  const record = page.getByRole('dialog', { name: 'Record [1, 1]' })
  await record.getByRole('textbox', { name: 'id' }).fill('1.5')
  await expect(record.getByRole('button', { name: 'Apply' })).toBeDisabled()
  await record.getByRole('textbox', { name: 'id' }).fill('7')
  await record.getByRole('textbox', { name: 'x' }).fill('nan')
  await record.getByRole('button', { name: 'Apply' }).click()
  await expect(cell(page, 1, 1)).toHaveText('(7, nan)')
  await openData(page, 'text')
  await cell(page, 0, 0).click()
  await page.keyboard.press('F2')
  await editor(page).fill('äöü')
  await page.keyboard.press('Enter')
  await openData(page, 'texts')
  await cell(page, 0, 0).click()
  await page.keyboard.type('two')
  await page.keyboard.press('Alt+Enter')
  await page.keyboard.type('lines')
  await page.keyboard.press('Enter')
  await expect(cell(page, 0, 0)).toHaveText('two↵lines')
  await type('zero', '6.5')
  await expect(staged(page)).toContainText('11 staged edits')
  await save(page)

  const read = (node: string): Promise<unknown> => readItems(folder, `t.zarr/${node}`)
  expect(await read('bool')).toEqual([false, true])
  expect(await read('complex')).toEqual([
    [1.5, -2],
    [0, 0],
  ])
  expect(await read('date')).toEqual(['NaT', '2001-02-03'])
  expect(await read('half')).toEqual([3.140625, 0])
  expect(await zarrscope(folder, 'get', 't.zarr/long', '-f', 'json')).toContain('[18446744073709551615, 0]')
  expect(await read('record')).toEqual([
    { id: 0, x: 2.5, tag: '' },
    { id: 0, x: 0, tag: 'abc' },
  ])
  expect(await zarrscope(folder, 'get', 't.zarr/records', '1, 1', '-f', 'json')).toContain(
    '{"id": 7, "x": "NaN"}',
  )
  expect(await read('text')).toEqual(['äöü', ''])
  expect(await read('texts')).toEqual(['two\nlines', ''])
  expect(await read('zero')).toBe(6.5)
})

test('texts are copied with quotes and guarded against formulas; what was copied here comes back as it was', async ({
  open,
  folder,
}) => {
  await zarrscope(folder, 'create', 't.zarr/texts', '--dtype', 'string', '--shape', '3,2')
  await zarrscope(folder, 'set', 't.zarr/texts', '0', '["=1+1", "two\\nlines\\t\\"quoted\\""]')
  const page = await open('t.zarr/texts')
  await openData(page, 'texts')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await cell(page, 0, 0).click()
  await cell(page, 0, 1).click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+c')
  const guarded = `'=1+1\t"two\nlines\t""quoted"""`
  await expect.poll(() => clipboard(page)).toBe(guarded)
  await cell(page, 2, 0).click()
  await page.keyboard.press('Control+v')
  await expect(cell(page, 2, 0)).toHaveText('=1+1')
  await save(page)
  expect(await readItems(folder, 't.zarr/texts', '2')).toEqual(['=1+1', 'two\nlines\t"quoted"'])
})

test('10^12 rows take an edit; a store that is opened for reading refuses with the reason', async ({
  open,
  folder,
}) => {
  await writeStore(join(folder, 'a.zarr'))
  const page = await open('a.zarr')
  await openData(page, 'huge')
  await grid(page).focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('77')
  await page.keyboard.press('Enter')
  await expect(cell(page, 1e12 - 1, 3)).toHaveText('77')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(page.getByText('Clear was refused')).toBeVisible()
  await save(page)
  expect(await readItems(folder, 'a.zarr/huge', '-1')).toEqual([-1, -1, -1, 77])

  const frozen = await open('a.zarr', '--read-only')
  await openData(frozen, 'obs/t')
  await cell(frozen, 0, 0).click()
  await frozen.keyboard.type('5')
  await expect(frozen.getByText('Nothing can be edited here')).toBeVisible()
  await expect(editor(frozen)).toHaveCount(0)
})
