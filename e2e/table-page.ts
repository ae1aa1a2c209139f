/** The Data view as tests find it: by role and name. */
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { writeStore } from './stores'
import { node } from './window-page'

export const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Data' })
export const cell = (page: Page, row: number, column: number): Locator =>
  grid(page).locator(`[role=gridcell][aria-rowindex="${row + 1}"][aria-colindex="${column + 1}"]`)
export const editor = (page: Page): Locator => page.getByRole('textbox', { name: /^Value of \[/ })
export const selected = (page: Page): Locator => grid(page).getByRole('gridcell', { selected: true })

/** Shows the Data view of an array at the root of the store, or in a group there. */
export async function openData(page: Page, path: string): Promise<void> {
  const names = path.split('/')
  if (names.length > 1) {
    await node(page, names[0]!).click()
    await page.keyboard.press('ArrowRight')
  }
  await node(page, names.at(-1)!).click()
  await page.getByRole('tab', { name: 'Data', exact: true }).click()
  await expect(grid(page).getByRole('gridcell').first()).not.toHaveAccessibleDescription('loading')
}

/** The Data view of the array "obs/t" of a new store "a.zarr", as `writeStore` writes it. */
export async function openTable(open: (path: string) => Promise<Page>, folder: string): Promise<Page> {
  await writeStore(join(folder, 'a.zarr'))
  const page = await open('a.zarr')
  await openData(page, 'obs/t')
  return page
}

/** Puts text on the clipboard and pastes it, as from another program. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((content) => navigator.clipboard.writeText(content), text)
  await grid(page).focus()
  await page.keyboard.press('Control+v')
}

export const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
