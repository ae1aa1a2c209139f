/** Values of every data type are edited in the table; special arrays and stores take edits or say why not. */
import { join } from 'node:path'
import { readItems, zarrscope } from './cli'
import { expect, test } from './host'
import { writeStore } from './stores'
import { cell, clipboard, editor, grid, openData } from './table-page'
import { save, staged } from './window-page'

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
  await expect(staged(page)).toContainText('12 staged edits')
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
  await expect(cell(page, 1e12 - 1, 3)).toHaveText('-1')
  await page.keyboard.type('77')
  await page.keyboard.press('Enter')
  await expect(cell(page, 1e12 - 1, 3)).toHaveText('77')
  await expect(cell(page, 1e12 - 1, 3)).toHaveAccessibleDescription('edited')
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
