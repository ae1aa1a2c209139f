/** Attributes are edited in the table and as text, staged, reviewed, undone, saved; the engine in a fresh process reads them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { writeGallery } from './gallery'
import { expect, test } from './host'
import { save, staged } from './window-page'

const table = (page: Page): Locator => page.getByRole('treegrid', { name: 'Attributes' })
const row = (page: Page, key: string): Locator =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: key, exact: true }) })

let page: Page
let file: string
let stored: string
test.beforeEach(async ({ open, folder }) => {
  await writeGallery(join(folder, 'gallery.zarr'))
  file = join(folder, 'gallery.zarr/attributes/zarr.json')
  stored = await readFile(file, 'utf8')
  page = await open('gallery.zarr/attributes')
  await page.getByRole('tab', { name: 'Attributes' }).click()
  await expect(table(page)).toBeVisible()
})

test('a value is edited in its place, and nothing else of the document changes', async () => {
  await row(page, 'ratio').focus()
  await page.keyboard.press('F2')
  const field = page.getByRole('textbox', { name: 'Value of ratio' })
  await field.fill('one and a half')
  await expect(page.getByRole('alert')).toContainText('A float is a number')
  await field.fill('2.50')
  await field.press('Enter')
  await expect(row(page, 'ratio')).toContainText('2.50')
  await expect(staged(page)).toContainText('1 staged edit')
  expect(await readFile(file, 'utf8')).toBe(stored)
  await save(page)
  expect(await readFile(file, 'utf8')).toBe(stored.replace('1.50', '2.50'))
})

test('attributes come, change their name, their place and their type, and go', async () => {
  await page.getByRole('button', { name: 'Add attribute' }).click()
  const dialog = page.getByRole('dialog', { name: 'New attribute' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('count')
  await expect(dialog).toContainText('exists already')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('serial')
  await dialog.getByRole('combobox', { name: 'Type' }).click()
  await page.getByRole('option', { name: 'integer' }).click()
  await dialog.getByRole('textbox', { name: 'Value' }).fill('123456789012345678901')
  await dialog.getByRole('button', { name: 'Stage' }).click()
  await expect(row(page, 'serial')).toContainText('123456789012345678901')

  await row(page, 'serial').focus()
  await page.keyboard.press('Shift+F2')
  await page.getByRole('textbox', { name: 'Name of serial' }).fill('number')
  await page.keyboard.press('Enter')
  await expect(row(page, 'number')).toBeVisible()
  await row(page, 'name').focus()
  await page.keyboard.press('Delete')
  await expect(row(page, 'name')).toHaveCount(0)
  await expect(staged(page)).toContainText('3 staged edits')

  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(row(page, 'name')).toBeVisible()
  await page.getByRole('button', { name: 'Redo', exact: true }).click()
  await expect(row(page, 'name')).toHaveCount(0)
  await save(page)
  const { attributes } = JSON.parse((await readFile(file, 'utf8')).replace(/\bInfinity\b/g, '0')) as {
    attributes: Record<string, unknown>
  }
  expect(Object.keys(attributes)).toContain('number')
  expect(Object.keys(attributes)).not.toContain('name')
  expect(await readFile(file, 'utf8')).toContain('123456789012345678901')
})

test('the review shows before and after, and takes single edits back', async () => {
  await row(page, 'ratio').focus()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Value of ratio' }).fill('3.25')
  await page.keyboard.press('Enter')
  await row(page, 'homepage').focus()
  await page.keyboard.press('Delete')
  await expect(staged(page)).toContainText('2 staged edits')
  await page.getByRole('button', { name: 'Review' }).click()
  const review = page.getByRole('dialog', { name: /^Staged edits/ })
  await expect(review.getByRole('row').filter({ hasText: '3.25' })).toContainText('1.50')
  await review
    .getByRole('row')
    .filter({ hasText: '3.25' })
    .getByRole('button', { name: /^Revert/ })
    .click()
  await expect(review.getByRole('row').filter({ hasText: '3.25' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(row(page, 'ratio')).toContainText('1.50')
  await expect(row(page, 'homepage')).toHaveCount(0)
  await page.getByRole('button', { name: 'Discard' }).click()
  await page
    .getByRole('dialog', { name: /Discard/ })
    .getByRole('button', { name: 'Discard' })
    .click()
  await expect(row(page, 'homepage')).toBeVisible()
  expect(await readFile(file, 'utf8')).toBe(stored)
})

test('the raw text is edited with its exact tokens', async () => {
  await page.getByText('Raw JSON').click()
  const editor = page.getByRole('textbox', { name: 'Attributes as JSON' })
  await editor.focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText('{"exact": 1.500, "many": 12345678901234567890}')
  await expect(page.getByText('Changed, not staged yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Stage' }).click()
  await expect(staged(page)).toContainText('1 staged edit')
  await save(page)
  expect(await readFile(file, 'utf8')).toContain('{"exact": 1.500, "many": 12345678901234567890}')
})

test('a browser asks before staged edits are left, and they come back', async () => {
  await row(page, 'ratio').focus()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Value of ratio' }).fill('9.75')
  await page.keyboard.press('Enter')
  await expect(staged(page)).toContainText('1 staged edit')
  let asked = 0
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') asked++
    void dialog.accept()
  })
  await page.reload()
  expect(asked).toBe(1)
  await expect(staged(page)).toContainText('1 staged edit')
})
