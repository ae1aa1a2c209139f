/** The Data view as tests find it: by role and name. */
import { expect, type Locator, type Page } from '@playwright/test'

export const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Data' })
export const cell = (page: Page, row: number, column: number): Locator =>
  grid(page).locator(`[role=gridcell][aria-rowindex="${row + 1}"][aria-colindex="${column + 1}"]`)
export const staged = (page: Page): Locator => page.getByRole('status', { name: 'Staged edits' })
export const editor = (page: Page): Locator => page.getByRole('textbox', { name: /^Value of \[/ })
export const selected = (page: Page): Locator => grid(page).getByRole('gridcell', { selected: true })

export async function openData(page: Page, node: string): Promise<void> {
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

export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(staged(page)).toBeHidden()
}

/** Puts text on the clipboard and pastes it, as from another program. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((content) => navigator.clipboard.writeText(content), text)
  await grid(page).focus()
  await page.keyboard.press('Control+v')
}

export const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
