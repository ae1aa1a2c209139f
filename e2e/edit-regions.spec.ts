/** Editing where a table is larger than its window, still being read, damaged, or in several places at once. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { readItems, zarrscope } from './cli'
import { expect, test } from './host'
import { writeStore } from './stores'
import { cell, clipboard, editor, grid, openData, paste, selected } from './table-page'
import { save, staged } from './window-page'

const NODE = 'a.zarr/obs/t'

test.beforeEach(({ folder }) => writeStore(join(folder, 'a.zarr')))

const inReview = async (page: Page, edit: RegExp, item: string): Promise<string> => {
  const dialog = page.getByRole('dialog', { name: /^Staged edits of/ })
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Review' }).click()
  await dialog.getByRole('row', { name: edit }).getByRole('button', { name: 'Copy as…' }).click()
  await page.getByRole('menuitem', { name: item }).click()
  return clipboard(page)
}

test('several ranges are one edit; typed, pasted and cleared cells can be copied as commands', async ({
  open,
  folder,
}) => {
  const page = await open('a.zarr')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openData(page, 'obs/t')
  await cell(page, 0, 0).click()
  await cell(page, 1, 1).click({ modifiers: ['Shift'] })
  await cell(page, 4, 1).click({ modifiers: ['Control'] })
  await page.keyboard.press('Delete')
  await expect(cell(page, 4, 1)).toHaveText('-1')
  await expect(staged(page)).toContainText('1 staged edit')
  await page.keyboard.press('Control+z')
  await expect(cell(page, 1, 1)).toHaveText('101')
  await expect(cell(page, 4, 1)).toHaveText('401')
  await page.keyboard.type('9')
  await page.keyboard.press('Control+Enter')
  await expect(cell(page, 0, 1)).toHaveText('9')
  await cell(page, 2, 0).click()
  await paste(page, '5\t6\n7\t8')
  await expect(cell(page, 3, 1)).toHaveText('8')
  await expect(staged(page)).toContainText('2 staged edits')

  const commands = [
    await inReview(page, /^Change 5 cells .* in 2 ranges/, 'Copy as command'),
    await inReview(page, /^Paste 4 cells/, 'Copy as command'),
  ]
  expect(await inReview(page, /^Paste 4 cells/, 'Copy as Python')).toContain('np.array([[5, 6],')
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
  await expect(staged(page)).toBeHidden()
  const saved = await readItems(folder, NODE)
  expect((saved as number[][]).map((row) => row.slice(0, 2)).slice(0, 5)).toEqual([
    [9, 9],
    [9, 9],
    [5, 6],
    [7, 8],
    [400, 9],
  ])
  // The same by the command line, on a store as it was.
  await writeStore(join(folder, 'a.zarr'))
  for (const line of commands.join('').trim().split('\n'))
    await zarrscope(
      folder,
      ...line
        .split(/ (?=(?:[^']*'[^']*')*[^']*$)/)
        .slice(1)
        .map((word) => word.replaceAll("'", '')),
    )
  expect(await readItems(folder, NODE)).toEqual(saved)
})

test('a region is filled from a file that the host lets choose', async ({ open, folder }) => {
  test.skip(test.info().project.metadata['host'] === 'electron', 'native dialogs cannot be driven')
  await writeFile(join(folder, 'row.csv'), '1,2,3,4,5,6\n')
  const page = await open('a.zarr')
  await openData(page, 'obs/t')
  await cell(page, 1, 0).click()
  await cell(page, 2, 5).click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: 'Change selection' }).click()
  await page.getByRole('menuitem', { name: 'Fill…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Fill/ })
  await dialog.getByRole('combobox', { name: 'With' }).selectOption('From a file')
  await dialog.getByRole('button', { name: 'Choose file…' }).click()
  await page.getByRole('button', { name: /^row\.csv/ }).click()
  await page.getByRole('button', { name: 'Choose row.csv' }).click()
  await expect(dialog.getByText('12 cells, 2 chunks rewritten.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Fill', exact: true }).click()
  await expect(cell(page, 2, 5)).toHaveText('6')
  await save(page)
  expect(await readItems(folder, NODE, '0:3, ::5')).toEqual([
    [0, 5],
    [1, 6],
    [1, 6],
  ])
})

test('a drag beyond the edge scrolls', async ({ open }) => {
  const page = await open('a.zarr')
  await openData(page, 'huge')
  const [from, box] = [(await cell(page, 0, 0).boundingBox())!, (await grid(page).boundingBox())!]
  await page.mouse.move(from.x + 5, from.y + 5)
  await page.mouse.down()
  await page.mouse.move(from.x + 5, box.y + box.height + 30)
  await expect(cell(page, 100, 0)).toHaveAttribute('aria-selected', 'true')
  await page.mouse.up()
  await expect(selected(page).first()).toBeVisible()
})

/** Answers of the host can be held up: reloads the page behind a socket that waits for `release`. */
async function slowHost(page: Page): Promise<{ hold: () => void; release: () => void }> {
  let held: (() => void)[] | null = null
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => (held ? held.push(() => socket.send(message)) : socket.send(message)))
  })
  await page.reload()
  return {
    hold: () => (held = []),
    release: () => {
      for (const send of held ?? []) send()
      held = null
    },
  }
}

test.describe('what is typed before a cell has been read', () => {
  test.beforeEach(() => {
    test.skip(test.info().project.metadata['host'] === 'electron', 'there is no socket to hold up')
  })

  test('goes into it', async ({ open }) => {
    const page = await open('a.zarr')
    const host = await slowHost(page)
    await openData(page, 'huge')
    await cell(page, 0, 1).click()
    host.hold()
    await page.keyboard.press('Control+End')
    await expect(cell(page, 1e12 - 1, 3)).toHaveAccessibleDescription('loading')
    await page.keyboard.type('12')
    await expect(editor(page)).toHaveCount(0)
    host.release()
    await expect(editor(page)).toHaveValue('12')
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await expect(cell(page, 1e12 - 1, 3)).toHaveText('123')
  })

  test('is entered by whoever goes on, also where Enter leads nowhere', async ({ open }) => {
    const page = await open('a.zarr')
    const host = await slowHost(page)
    await openData(page, 'huge')
    await cell(page, 0, 1).click()
    const row = 500_000_000
    host.hold()
    await page.keyboard.press('Control+g')
    await page.getByRole('dialog', { name: 'Go to' }).getByRole('textbox').fill(`${row}, 0`)
    await page.keyboard.press('Enter')
    await expect(cell(page, row, 0)).toHaveAccessibleDescription('loading')
    await expect(grid(page)).toBeFocused()
    await page.keyboard.type('45')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+End')
    await expect(cell(page, 1e12 - 1, 3)).toHaveAccessibleDescription('loading')
    await page.keyboard.type('67')
    await page.keyboard.press('Enter')
    host.release()
    await expect(cell(page, 1e12 - 1, 3)).toHaveText('67')
    await expect(editor(page)).toHaveCount(0)
    await expect(staged(page)).toContainText('2 staged edits')
    await page.keyboard.press('Control+g')
    await page.getByRole('dialog', { name: 'Go to' }).getByRole('textbox').fill(`${row}, 0`)
    await page.keyboard.press('Enter')
    await expect(cell(page, row, 0)).toHaveText('45')
  })
})

test('a damaged chunk: its cells say so and refuse; deleted, they can be edited', async ({
  open,
  folder,
}) => {
  const chunk = join(folder, NODE, 'c/0/1')
  await writeFile(chunk, 'short')
  const page = await open('a.zarr')
  await openData(page, 'obs/t')
  await expect(cell(page, 0, 0)).toHaveText('0')
  await expect(cell(page, 1, 4)).toHaveText('error')
  await expect(cell(page, 1, 4)).toHaveAccessibleDescription(/^error: .*c\/0\/1/)
  await cell(page, 1, 4).click()
  await page.keyboard.press('F2')
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be read' })).toContainText(
    'delete or rewrite',
  )
  await expect(editor(page)).toHaveCount(0)
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Show chunk' }).click()
  await page
    .getByRole('region', { name: 'Chunk (0, 1)' })
    .getByRole('button', { name: /^Delete chunk/ })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('tab', { name: 'Data', exact: true }).click()
  await expect(cell(page, 1, 4)).toHaveText('-1')
  await cell(page, 1, 4).click()
  await page.keyboard.type('77')
  await page.keyboard.press('Enter')
  expect(await readFile(chunk, 'utf8')).toBe('short')
  await save(page)
  expect(await readItems(folder, NODE, '0:2, 2:')).toEqual([
    [2, -1, -1, -1],
    [102, -1, 77, -1],
  ])
})
