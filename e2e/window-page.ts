/** What stands around every view, as tests find it: explorer, staged edits, commands and jobs. */
import { expect, type Locator, type Page } from '@playwright/test'

export const explorer = (page: Page): Locator => page.getByRole('tree', { name: 'Explorer' })
export const node = (page: Page, name: string): Locator =>
  explorer(page).getByRole('treeitem', { name, exact: true })

/** Takes an item of the context menu of a node. */
export async function nodeMenu(page: Page, name: string, item: string): Promise<void> {
  await node(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: item }).click()
}

/** Runs a command by its name in the palette. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
}

export const staged = (page: Page): Locator => page.getByRole('status', { name: 'Staged edits' })

/** Save in the bar of staged edits; in the review where that is open. */
export const saveButton = (page: Page): Locator => page.getByRole('button', { name: 'Save', exact: true })

/** Saves what is staged, which no conflict stops. */
export async function save(page: Page): Promise<void> {
  await saveButton(page).click()
  await expect(staged(page)).toBeHidden()
}

/** The panel of jobs. */
export async function jobs(page: Page): Promise<Locator> {
  const panel = page.getByRole('dialog', { name: 'Jobs' })
  if (!(await panel.isVisible())) await page.getByRole('button', { name: /^Jobs/ }).click()
  return panel
}
