/** The Tune view as tests find it: by role and name. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'

export const codecs = (page: Page): Locator => page.getByRole('table', { name: 'Codec candidates' })
export const chunks = (page: Page): Locator => page.getByRole('table', { name: 'Chunk candidates' })

/** Chooses one of several, such as a preset or a laboratory. */
export const choose = (page: Page, group: string, name: string): Promise<void> =>
  page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true }).click()

/** Adds candidates by their texts, to those chosen. */
export const typeCandidates = async (page: Page, text: string): Promise<void> => {
  const others = page.getByRole('textbox', { name: 'Other candidates' })
  await others.fill(text)
  await others.press('Enter')
}

/** Every candidate takes up to a second of a thread that may have to be shared. */
export const allMeasured = (page: Page): Promise<void> =>
  expect(page.getByText('all measured')).toBeVisible({ timeout: 60_000 })

export async function openTune(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Tune' }).click()
  await expect(page.getByRole('region', { name: 'Sample' })).toBeVisible()
}

/** Names, sizes and times of everything in a folder. */
export async function stamps(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return Promise.all(
    names.sort().map(async (name) => {
      const { mtimeMs, size } = await stat(join(folder, name))
      return `${name} ${size} ${mtimeMs}`
    }),
  )
}
