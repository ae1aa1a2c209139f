/** Structure by its dialogs; what came of it is read by the command line, in a process of its own. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { readInfo, readItems, zarrscope } from './cli'
import { expect, test } from './host'
import { writeStore } from './stores'
import { jobs, node, nodeMenu, runCommand, save } from './window-page'

const dialog = (page: Page): Locator => page.getByRole('dialog')

let page: Page
let store: string
test.beforeEach(async ({ open, folder }) => {
  store = join(folder, 's.zarr')
  await writeStore(store)
  page = await open('s.zarr')
  await node(page, 'obs').click()
  await expect(node(page, 't')).toBeVisible()
})

test('a new array: its document is shown as it is written, what is wrong at its field', async () => {
  await nodeMenu(page, 'obs', 'New array…')
  await dialog(page).getByRole('textbox', { name: 'Name', exact: true }).fill('wind')
  await dialog(page).getByRole('textbox', { name: 'Shape' }).fill('100, 60')
  await dialog(page).getByRole('textbox', { name: 'Chunks' }).fill('10, none')
  const compressor = dialog(page).getByRole('textbox', { name: 'Compressor' })
  await compressor.fill('zap')
  await expect(compressor).toHaveAccessibleDescription(/"zap" is not a codec/)
  await expect(dialog(page).getByRole('button', { name: 'Create array' })).toBeDisabled()
  await compressor.fill('zstd:3')
  const preview = dialog(page).getByRole('region', { name: 'Preview' })
  await expect(preview).toContainText('10 of (10, 60)')
  await expect(preview).toContainText('"chunk_shape"')
  await dialog(page).getByRole('button', { name: 'Create array' }).click()
  await expect(node(page, 'wind')).toBeVisible()
  expect(existsSync(join(store, 'obs/wind'))).toBe(false)
  await save(page)
  expect(await readInfo(store, 'obs/wind')).toMatchObject({
    shape: [100, 60],
    chunks: [10, 60],
    dtype: 'float32',
  })
})

test('F2 renames, Delete says what goes; both are staged', async () => {
  await node(page, 't').focus()
  await page.keyboard.press('F2')
  await dialog(page).getByRole('textbox', { name: 'New path' }).fill('obs/temperature')
  await dialog(page).getByRole('button', { name: 'Rename' }).click()
  await expect(node(page, 'temperature')).toBeVisible()
  await save(page)
  expect(await readInfo(store, 'obs/temperature')).toMatchObject({ shape: [8, 6] })
  await node(page, 'temperature').focus()
  await page.keyboard.press('Delete')
  await expect(dialog(page)).toContainText('Deletes /obs/temperature: 1 node, 3 chunks, ')
  await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(node(page, 'temperature')).toHaveCount(0)
  await save(page)
  expect(existsSync(join(store, 'obs/temperature'))).toBe(false)
})

test('a copy with other chunks is a job whose result can be opened', async () => {
  await nodeMenu(page, 't', 'Copy/Convert to…')
  await dialog(page).getByRole('textbox', { name: 'Path of the copy' }).fill('obs/t2')
  await dialog(page).getByRole('textbox', { name: 'Chunks' }).fill('8, 2')
  await dialog(page).getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(node(page, 't2')).toBeVisible()
  const panel = await jobs(page)
  await expect(panel).toContainText('read back and found equal')
  await panel.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('t2')
  expect(await readInfo(store, 'obs/t2')).toMatchObject({ chunks: [8, 2] })
  expect(await readItems(store, 'obs/t2')).toEqual(await readItems(store, 'obs/t'))

  await page.keyboard.press('Escape')
  await nodeMenu(page, 't', 'Duplicate…')
  await dialog(page).getByRole('button', { name: 'Duplicate' }).click()
  await expect(node(page, 't_copy')).toBeVisible()
  expect(await readInfo(store, 'obs/t_copy')).toMatchObject({ chunks: [4, 3], initialized: 3 })
  expect(await readItems(store, 'obs/t_copy')).toEqual(await readItems(store, 'obs/t'))
})

test('a damaged chunk fails the copy with an alert, and verification leads to its array', async () => {
  writeFileSync(join(store, 'obs/t/c/0/0'), 'short')
  await nodeMenu(page, 't', 'Duplicate…')
  await dialog(page).getByRole('button', { name: 'Duplicate' }).click()
  const panel = await jobs(page)
  await expect(panel.getByRole('alert')).toContainText('Nothing was left behind.')
  expect(existsSync(join(store, 'obs/t_copy'))).toBe(false)
  await page.keyboard.press('Escape')
  await nodeMenu(page, 's.zarr', 'Verify…')
  await dialog(page).getByRole('button', { name: 'Verify', exact: true }).click()
  const found = (await jobs(page)).getByRole('list', { name: 'Problems found' })
  await expect(node(page, 't').getByRole('img', { name: '1 problem found by Verify' })).toBeVisible()
  await found.getByRole('button').first().click()
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('obs')
})

test('resizing says what it deletes', async () => {
  await node(page, 't').dblclick()
  await runCommand(page, 'Resize')
  await dialog(page).getByRole('textbox', { name: 'New shape' }).fill('4, 6')
  await expect(dialog(page)).toContainText('Deletes 1 chunk outside the new shape')
  await dialog(page).getByRole('button', { name: 'Resize', exact: true }).click()
  await expect(dialog(page)).toBeHidden()
  await save(page)
  expect(await readInfo(store, 'obs/t')).toMatchObject({ shape: [4, 6], initialized: 2 })
})

test('an array as a file, through the folders of the host', async ({ folder }) => {
  test.skip(test.info().project.metadata['host'] === 'electron', 'native dialogs cannot be driven')
  await nodeMenu(page, 't', 'Export…')
  await dialog(page).getByRole('textbox', { name: 'Selection' }).fill('0:2')
  await dialog(page).getByRole('button', { name: 'Choose…' }).click()
  await page.getByRole('button', { name: 'Save here' }).click()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(await jobs(page)).toContainText('Wrote ')
  await zarrscope(folder, 'copy', 't.npy', 'back.zarr')
  expect(await readItems(folder, 'back.zarr')).toEqual(
    ((await readItems(store, 'obs/t')) as unknown[]).slice(0, 2),
  )
})
