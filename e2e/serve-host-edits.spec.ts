/** Several serve hosts and one store: edits outlive a host that is killed, and belong to one that lives. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './host'
import { startServe } from './serve-process'
import { writeStore } from './stores'
import { staged } from './window-page'

async function setUnits(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Attributes' }).click()
  await expect(page.getByRole('button', { name: 'Add attribute' })).toBeVisible()
  await page.getByRole('row').filter({ hasText: 'units' }).focus()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Value of units' }).fill('mK')
  await page.keyboard.press('Enter')
  await expect(staged(page)).toContainText('1 staged edit')
}

/** What the journals of staged edits hold. */
async function journals(stateDir: string): Promise<string> {
  const names = await readdir(stateDir, { recursive: true })
  const files = names.filter((name) => name.endsWith('.journal'))
  return (await Promise.all(files.map((name) => readFile(join(stateDir, name), 'latin1')))).join('\n')
}

test('edits outlive a host that is killed, are listed, and can be saved', async ({ folder, page }) => {
  await writeStore(join(folder, 'a.zarr'))
  const document = join(folder, 'a.zarr/obs/t/zarr.json')
  const stored = await readFile(document, 'utf8')
  const settings = { cwd: folder, stateDir: join(folder, '.state'), args: ['a.zarr/obs/t'] }

  const first = await startServe(settings)
  try {
    await page.goto(first.url)
    await setUnits(page)
    // Within a second; here as soon as it is there.
    await expect.poll(() => journals(settings.stateDir)).toContain('"mK"')
  } finally {
    await first.stop('SIGKILL')
  }
  expect(await readFile(document, 'utf8')).toBe(stored)
  await page.close({ runBeforeUnload: false })

  const second = await startServe(settings)
  try {
    const next = await page.context().newPage()
    await next.goto(second.url)
    const note = next.getByRole('note').filter({ hasText: 'brought back' })
    await expect(note).toContainText('1 edit that had not been saved')
    await note.getByRole('button', { name: 'Review' }).click()
    const review = next.getByRole('dialog', { name: /^Staged edits/ })
    await expect(review.getByRole('row').filter({ hasText: 'mK' })).toContainText('K')
    await review.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(review).toBeHidden()
    await expect(note).toBeHidden()
    expect(await readFile(document, 'utf8')).toBe(stored.replace('"units": "K"', '"units": "mK"'))
  } finally {
    await second.stop()
  }
})

test('a host says that another one has staged edits, until they are discarded', async ({ folder, page }) => {
  await writeStore(join(folder, 'a.zarr'))
  const settings = { cwd: folder, stateDir: join(folder, '.state'), args: ['a.zarr/obs/t'] }
  const [first, second] = [await startServe(settings), await startServe(settings)]
  try {
    await page.goto(first.url)
    await setUnits(page)
    const other = await page.context().newPage()
    await other.goto(second.url)
    await other.getByRole('tab', { name: 'Attributes' }).click()
    const main = other.getByRole('main')
    await expect(main.getByTitle(/^Another Zarrscope .* has staged edits/)).toHaveText('read-only')
    await expect(main.getByRole('button', { name: 'Add attribute' })).toHaveCount(0)
    await page.bringToFront()
    await page.getByRole('button', { name: 'Discard' }).click()
    await page
      .getByRole('dialog', { name: /Discard/ })
      .getByRole('button', { name: 'Discard' })
      .click()
    await expect(staged(page)).toBeHidden()
    await other.bringToFront()
    // What a browser does when its window gets the focus; a headless one has no window.
    await other.evaluate(() => window.dispatchEvent(new Event('focus')))
    await expect(main.getByRole('button', { name: 'Add attribute' })).toBeVisible()
  } finally {
    await first.stop()
    await second.stop()
  }
})
