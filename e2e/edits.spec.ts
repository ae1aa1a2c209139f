/** Staged edits and the world around them: other programs, undo across Save, read-only stores, archives, closing. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { zarrscope } from './cli'
import { expect, test } from './host'
import { writeStore } from './stores'
import { cell, editor } from './table-page'
import { node, nodeMenu, save, saveButton, staged } from './window-page'

const attribute = (page: Page, key: string): Locator =>
  page
    .getByRole('treegrid', { name: 'Attributes' })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: new RegExp(`^${key}\\b`) }) })

/** Stages a new text for an attribute of the array in front. */
async function setAttribute(page: Page, key: string, value: string): Promise<void> {
  await page.getByRole('tab', { name: 'Attributes' }).click()
  await expect(page.getByRole('button', { name: 'Add attribute' })).toBeVisible()
  await attribute(page, key).focus()
  await page.keyboard.press('F2')
  const field = page.getByRole('textbox', { name: `Value of ${key}` })
  await field.fill(value)
  await field.press('Enter')
  await expect(attribute(page, key)).toContainText(value)
}

/** Stages a new value for a cell of the array in front. */
async function setCell(page: Page, row: number, column: number, value: string): Promise<void> {
  await page.getByRole('tab', { name: 'Data', exact: true }).click()
  // A cell that is still being read has nothing to edit.
  await expect(cell(page, row, column)).toHaveText(/\d/)
  await cell(page, row, column).click()
  await page.keyboard.press('F2')
  await editor(page).fill(value)
  await editor(page).press('Enter')
  await expect(cell(page, row, column)).toHaveText(value)
}

let store: string
let document: string
let chunk: string
test.beforeEach(async ({ folder }) => {
  store = join(folder, 'a.zarr')
  await writeStore(store)
  document = join(store, 'obs/t/zarr.json')
  chunk = join(store, 'obs/t/c/0/0')
})

/** What another program does to the units of the array. */
async function writeUnits(units: string): Promise<void> {
  await writeFile(
    document,
    (await readFile(document, 'utf8')).replace(/"units": "[^"]*"/, `"units": "${units}"`),
  )
}

/** Tries to save units that another program changed since they were staged; the review shows the conflict. */
async function conflictOverUnits(page: Page): Promise<Locator> {
  await setAttribute(page, 'units', 'mine')
  await expect(staged(page)).toContainText('1 staged edit')
  await writeUnits('theirs')
  await saveButton(page).click()
  return page.getByRole('dialog', { name: /^Staged edits/ })
}

const chunkOf = (first: number): Uint8Array =>
  new Uint8Array(Int32Array.from({ length: 12 }, (_, i) => first + i).buffer)

const firstItem = async (): Promise<number> => (await readFile(chunk)).readInt32LE(0)

test('a document that another program changed: theirs is taken', async ({ open }) => {
  const page = await open('a.zarr/obs/t')
  const review = await conflictOverUnits(page)
  const conflicts = review.getByRole('region', { name: 'Conflicts' })
  await expect(conflicts.getByLabel('Yours', { exact: true })).toContainText('"units": "mine"')
  await expect(conflicts.getByLabel('Theirs', { exact: true })).toContainText('"units": "theirs"')
  await expect(review.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
  await conflicts.getByRole('button', { name: 'Take theirs: obs/t/zarr.json' }).click()
  await expect(conflicts).toBeHidden()
  await expect(review).toContainText('Nothing is staged')
  await page.keyboard.press('Escape')
  await expect(attribute(page, 'units')).toContainText('theirs')
  await expect(staged(page)).toBeHidden()
  expect(await readFile(document, 'utf8')).toContain('"units": "theirs"')
})

test('a document that another program changed: mine is kept and saved', async ({ open }) => {
  const page = await open('a.zarr/obs/t')
  const review = await conflictOverUnits(page)
  await review.getByRole('button', { name: /^Keep mine/ }).click()
  await expect(review.getByRole('region', { name: 'Conflicts' })).toBeHidden()
  expect(await readFile(document, 'utf8')).toContain('"units": "theirs"')
  await review.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(review).toBeHidden()
  expect(await readFile(document, 'utf8')).toContain('"units": "mine"')
  await expect(attribute(page, 'units')).toContainText('mine')
})

for (const [name, take, expected] of [
  ['theirs', /^Take theirs/, 500],
  ['mine', /^Keep mine/, 77],
] as const)
  test(`a chunk that another program changed: ${name}`, async ({ open }) => {
    const page = await open('a.zarr/obs/t')
    await setCell(page, 0, 0, '77')
    // The cell shows at once what was typed; only what is staged can come into conflict.
    await expect(staged(page)).toContainText('1 staged edit')
    await writeFile(chunk, chunkOf(500))
    await saveButton(page).click()
    const review = page.getByRole('dialog', { name: /^Staged edits/ })
    const conflicts = review.getByRole('region', { name: 'Conflicts' })
    await expect(conflicts).toContainText('chunk (0, 0)')
    await expect(conflicts.getByLabel('Yours', { exact: true })).toContainText('77, 1, 2')
    await expect(conflicts.getByLabel('Theirs', { exact: true })).toContainText('500, 501, 502')
    expect(await firstItem()).toBe(500)
    await conflicts.getByRole('button', { name: take }).click()
    await expect(conflicts).toBeHidden()
    if (name === 'mine') await review.getByRole('button', { name: 'Save', exact: true }).click()
    else await page.keyboard.press('Escape')
    await expect(review).toBeHidden()
    await expect(staged(page)).toBeHidden()
    await expect(cell(page, 0, 0)).toHaveText(String(expected))
    expect(await firstItem()).toBe(expected)
  })

test('what another program writes shows without being asked for', async ({ open }) => {
  const page = await open('a.zarr/obs/t')
  await page.getByRole('tab', { name: 'Data', exact: true }).click()
  await expect(cell(page, 0, 0)).toHaveText('0')
  await writeFile(chunk, chunkOf(4000))
  await expect(cell(page, 0, 0)).toHaveText('4000')
  await page.getByRole('tab', { name: 'Attributes' }).click()
  await expect(attribute(page, 'units')).toContainText('K')
  await writeUnits('degree_Celsius')
  await expect(attribute(page, 'units')).toContainText('degree_Celsius')
  await expect(staged(page)).toBeHidden()
})

test('undo and redo reach across Save, to the byte', async ({ open }) => {
  const before = [await readFile(document), await readFile(chunk)]
  const page = await open('a.zarr/obs/t')
  await setAttribute(page, 'units', 'mK')
  await setCell(page, 0, 0, '77')
  await expect(staged(page)).toContainText('2 staged edits')
  await save(page)
  const after = [await readFile(document), await readFile(chunk)]
  expect(after[0]).not.toEqual(before[0])
  expect(after[1]).not.toEqual(before[1])
  for (const [button, bytes] of [
    ['Undo', before],
    ['Redo', after],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).click()
    await expect(staged(page)).toContainText('1 staged edit')
    await page.getByRole('button', { name: button, exact: true }).click()
    await expect(staged(page)).toContainText('2 staged edits')
    await save(page)
    expect([await readFile(document), await readFile(chunk)]).toEqual(bytes)
  }
})

test('a store opened with --read-only refuses every edit and says why', async ({ open }) => {
  const before = await readFile(chunk)
  const page = await open('--read-only', 'a.zarr/obs/t')
  await page.getByRole('tab', { name: 'Attributes' }).click()
  await expect(attribute(page, 'units')).toBeVisible()
  const why = 'Zarrscope was started with --read-only: nothing can be changed.'
  await expect(page.getByRole('main').getByTitle(why)).toHaveText('read-only')
  await expect(page.getByRole('button', { name: 'Add attribute' })).toHaveCount(0)
  await attribute(page, 'units').focus()
  await page.keyboard.press('F2')
  await expect(page.getByRole('textbox', { name: 'Value of units' })).toHaveCount(0)
  await page.getByRole('tab', { name: 'Data', exact: true }).click()
  await expect(cell(page, 0, 0)).toHaveText('0')
  await cell(page, 0, 0).click()
  await page.keyboard.press('F2')
  await expect(page.getByRole('alert')).toContainText(why)
  await page.keyboard.press('5')
  await expect(editor(page)).toHaveCount(0)
  await expect(staged(page)).toBeHidden()
  expect(await readFile(chunk)).toEqual(before)
})

test('an archive is edited, and what it was before lies beside it', async ({ open, folder }) => {
  const archive = join(folder, 'a.zip')
  await zarrscope(folder, 'copy', 'a.zarr', 'a.zip')
  const before = await readFile(archive)
  const page = await open('a.zip/obs/t')
  await setAttribute(page, 'units', 'mK')
  await setCell(page, 0, 0, '77')
  expect(await readFile(archive)).toEqual(before)
  await save(page)
  expect(JSON.parse(await zarrscope(folder, 'attrs', 'a.zip/obs/t', '--json'))).toEqual({ units: 'mK' })
  expect(await zarrscope(folder, 'get', 'a.zip/obs/t', '0, :3', '-f', 'csv')).toContain('77')
  expect(JSON.parse(await zarrscope(folder, 'verify', 'a.zip', '--data', '--json'))).toMatchObject({
    problems: [],
  })
  expect(await readFile(`${archive}.zarrscope.bak`)).toEqual(before)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(staged(page)).toContainText('1 staged edit')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(staged(page)).toContainText('2 staged edits')
  await save(page)
  expect(JSON.parse(await zarrscope(folder, 'attrs', 'a.zip/obs/t', '--json'))).toEqual({ units: 'K' })
})

test.describe('closing a store with staged edits', () => {
  let page: Page
  let closing: Locator
  test.beforeEach(async ({ open }) => {
    page = await open('a.zarr/obs/t')
    await setAttribute(page, 'units', 'mK')
    await nodeMenu(page, 'a.zarr', 'Close store')
    closing = page.getByRole('dialog', { name: 'Close a.zarr?' })
    await expect(closing).toContainText('1 edit is staged and not saved')
  })

  test('saves first', async () => {
    await closing.getByRole('button', { name: 'Save and close' }).click()
    await expect(node(page, 'a.zarr')).toHaveCount(0)
    expect(await readFile(document, 'utf8')).toContain('"units": "mK"')
  })

  test('keeps them for later', async () => {
    await closing.getByRole('button', { name: 'Keep for later' }).click()
    await expect(node(page, 'a.zarr')).toHaveCount(0)
    expect(await readFile(document, 'utf8')).toContain('"units": "K"')
    await page.reload()
    await expect(staged(page)).toContainText('1 staged edit')
  })

  test('discards them', async () => {
    await closing.getByRole('button', { name: 'Discard and close' }).click()
    await expect(node(page, 'a.zarr')).toHaveCount(0)
    expect(await readFile(document, 'utf8')).toContain('"units": "K"')
    await page.reload()
    await expect(node(page, 'a.zarr')).toBeVisible()
    await expect(staged(page)).toBeHidden()
  })

  test('stays open where the person thinks again', async () => {
    await closing.getByRole('button', { name: 'Cancel' }).click()
    await expect(closing).toBeHidden()
    await expect(staged(page)).toContainText('1 staged edit')
    await expect(attribute(page, 'units')).toContainText('mK')
  })
})
