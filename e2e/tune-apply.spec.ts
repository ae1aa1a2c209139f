/** What trials recommend is applied in place, to a copy or to a group, or copied as a command. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { findOracle } from '../test/interop/oracle'
import { readInfo, readItems, zarrscope } from './cli'
import { expect, test } from './host'
import { grid } from './table-page'
import { allMeasured, choose, chunks, codecs, openTune, typeCandidates } from './tune-page'
import { jobs, runCommand, save } from './window-page'

test.beforeEach(() => test.slow())

test('the array of the tutorial, from empty to stored better', async ({ folder, open }) => {
  await zarrscope(
    folder,
    ...'create example.zarr --shape 10000,10000 --dtype i4 --chunks 1000,1000 --zarr-format 2'.split(' '),
  )
  const page = await open('example.zarr')
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('initialized: 0/100')
  await page.getByRole('tab', { name: 'Chunks' }).click()
  const map = page.getByRole('img', { name: 'Chunk map' })
  await expect(map).toHaveAccessibleDescription(/initialized 0\/100/)

  await fillWith(page, '42')
  await page.getByRole('tab', { name: 'Chunks' }).click()
  await expect(map).toHaveAccessibleDescription(/initialized 100\/100/)
  await page.getByRole('tab', { name: 'Overview' }).click()
  await expect(summary).toContainText('initialized: 100/100')
  const filled = ratioIn(await summary.innerText())
  // Another program writes, and the figures follow.
  await zarrscope(folder, 'set', 'example.zarr', '0', 'arange')
  await zarrscope(folder, 'set', 'example.zarr', ':, 0', 'arange')
  await expect.poll(async () => ratioIn(await summary.innerText())).not.toBe(filled)
  const before = ratioIn(await summary.innerText())

  await openTune(page)
  await choose(page, 'Preset', 'quick')
  await page.getByRole('button', { name: 'Run codec trials' }).click()
  await allMeasured(page)
  await page.getByRole('button', { name: 'Use the suggestion' }).click()
  await choose(page, 'Laboratory', 'Chunk shapes')
  await page.getByRole('textbox', { name: 'Chunk shape' }).fill('500, None')
  await chunks(page).getByRole('radio', { name: 'Use chunks (500, 10000)' }).check()
  const chosen = page.getByRole('region', { name: 'Chosen setting' })
  await expect(chosen).toContainText('Chunks (500, 10000)')
  await expect(chosen.getByRole('button', { name: 'Apply…' })).toBeEnabled()
  expect((await copiedCommand(page))[0]).toBe('recompress')

  await chosen.getByRole('button', { name: 'Apply…' }).click()
  await page.getByRole('menuitem', { name: 'In place…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Chunks' })).toHaveValue('500, 10000')
  await dialog.getByRole('button', { name: 'Rewrite in place' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('tab', { name: 'Overview' }).click()
  await expect(summary).toContainText('initialized: 20/20', { timeout: 30_000 })
  expect(ratioIn(await summary.innerText())).toBeGreaterThan(before)

  expect(await readItems(folder, 'example.zarr', '9998:, :2')).toEqual([
    [9998, 42],
    [9999, 42],
  ])
  const { oracle } = await findOracle('zarr-python 3')
  if (!oracle) return
  const code = `import zarr, numpy as np
array = zarr.open_array(path, mode='r')
rows = np.full((10_000, 10_000), 42, dtype='i4')
rows[0, :] = rows[:, 0] = np.arange(10_000)
answer = [array.chunks, bool(np.array_equal(array[...], rows))]`
  expect(await oracle.ask(code, { path: join(folder, 'example.zarr') })).toEqual([[500, 10000], true])
  await oracle.close()
})

test('a setting is applied to a new array, or copied as a command that does it', async ({ folder, open }) => {
  await zarrscope(folder, ...'create a.zarr/obs/t --shape 40,50 --dtype f4 --chunks 4,5'.split(' '))
  await zarrscope(folder, 'set', 'a.zarr/obs/t', '...', 'arange')
  const page = await open('a.zarr/obs/t')
  await openTune(page)
  await choose(page, 'Laboratory', 'Chunk shapes')
  await page.getByRole('textbox', { name: 'Chunk shape' }).fill('20, None / None, None')
  await chunks(page).getByRole('radio', { name: 'Use chunks (20, 50), shards (40, 50)' }).check()
  const chosen = page.getByRole('region', { name: 'Chosen setting' })
  await expect(chosen).toContainText('Shards (40, 50)')
  const command = await copiedCommand(page)
  expect(command.slice(0, 1)).toEqual(['rechunk'])
  await chosen.getByRole('button', { name: 'Apply…' }).click()
  await page.getByRole('menuitem', { name: 'To a new array…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Path of the copy' }).fill('obs/t2')
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByRole('treeitem', { name: 't2' })).toBeVisible()
  await zarrscope(folder, ...command)
  const layoutOf = async (node: string): Promise<unknown> => {
    const { chunks, shards, codecs } = await readInfo(folder, node)
    return { chunks, shards, codecs }
  }
  const layout = await layoutOf('a.zarr/obs/t')
  expect(layout).toEqual(await layoutOf('a.zarr/obs/t2'))
  expect(layout).toMatchObject({ chunks: [20, 50], shards: [40, 50] })
})

test('codecs are applied to every array of a group that can take them, and the result tells of each', async ({
  folder,
  open,
}) => {
  for (const [name, dtype] of Object.entries({ count: 'i4', steps: 'i4', real: 'f4' })) {
    const node = `a.zarr/obs/${name}`
    await zarrscope(folder, ...`create ${node} --shape 400 --dtype ${dtype} --chunks 100`.split(' '))
    await zarrscope(folder, 'set', node, '...', 'arange')
  }
  const page = await open('a.zarr/obs/count')
  await openTune(page)
  await page.getByRole('button', { name: 'Choose' }).click()
  await typeCandidates(page, 'delta:<i4+zstd:3')
  await page.getByRole('button', { name: 'Run codec trials' }).click()
  await codecs(page).getByRole('radio', { name: 'Use delta <i4, zstd 3' }).check()
  await page.getByRole('button', { name: 'Apply…' }).click()
  await page.getByRole('menuitem', { name: 'The codecs to every array below /obs…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rewrite in place' }).click()

  const outcomes = (await jobs(page)).getByRole('list', { name: 'Arrays' })
  await expect(outcomes.getByRole('listitem')).toHaveText([
    /obs\/count rewritten .* before, .* now/,
    /obs\/real kept .*must be the data type of the chunk/,
    /obs\/steps rewritten/,
  ])
  await outcomes.getByRole('button', { name: /real kept/ }).click()
  await expect(page.getByRole('button', { name: 'Close real' })).toBeVisible()
  expect(await readItems(folder, 'a.zarr/obs/steps', '397:')).toEqual([397, 398, 399])
})

const ratioIn = (summary: string): number => Number(/ratio: ([\d.]+)/.exec(summary)?.[1])

/** Fills the whole array of the tutorial with a value in the table, and saves. */
async function fillWith(page: Page, value: string): Promise<void> {
  await page.getByRole('tab', { name: 'Data' }).click()
  await grid(page).getByRole('gridcell').first().click()
  await page.keyboard.press('Control+a')
  await runCommand(page, 'Fill Selection')
  const dialog = page.getByRole('dialog', { name: /^Fill/ })
  await dialog.getByRole('textbox', { name: 'Value' }).fill(value)
  await expect(dialog).toContainText('100,000,000 cells, 100 chunks rewritten')
  await dialog.getByRole('button', { name: 'Fill' }).click()
  await save(page)
}

/** The words of "Copy as command" for the chosen setting, without the program's name. */
async function copiedCommand(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    // What the window writes to the clipboard, which tests may not read everywhere.
    navigator.clipboard.writeText = (text) => {
      document.documentElement.dataset['copied'] = text
      return Promise.resolve()
    }
  })
  await page.getByRole('button', { name: 'Copy as…' }).click()
  await page.getByRole('menuitem', { name: 'Copy as command' }).click()
  const text = await page.evaluate(() => document.documentElement.dataset['copied'] ?? '')
  const { stdout } = await promisify(execFile)('sh', ['-c', text.replace(/^zarrscope/, `printf '%s\\n'`)])
  return stdout.trimEnd().split('\n')
}
