import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from '@playwright/test'
import { writeGallery } from './gallery'
import { findOracle } from '../test/interop/oracle'
import { expect, test } from './host'

const BIN = join(import.meta.dirname, '../bin/zarrscope.js')
const run = promisify(execFile)
/** Another program at work on the store, as far as the window can tell. */
const zarrscope = (...argv: string[]): Promise<unknown> => run(process.execPath, [BIN, ...argv])

const codecs = (page: Page): Locator => page.getByRole('table', { name: 'Codec candidates' })
const chunks = (page: Page): Locator => page.getByRole('table', { name: 'Chunk candidates' })
const choose = (page: Page, group: string, name: string): Promise<void> =>
  page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true }).click()
const typeCandidates = async (page: Page, text: string): Promise<void> => {
  const others = page.getByRole('textbox', { name: 'Other candidates' })
  await others.fill(text)
  await others.press('Enter')
}

/** Every candidate takes up to a second of a thread that may have to be shared. */
const allMeasured = (page: Page): Promise<void> =>
  expect(page.getByText('all measured')).toBeVisible({ timeout: 60_000 })

async function openTune(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Tune' }).click()
  await expect(page.getByRole('region', { name: 'Sample' })).toBeVisible()
}

/** Names, sizes and times of everything in a folder. */
async function stamps(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return Promise.all(
    names.sort().map(async (name) => {
      const { mtimeMs, size } = await stat(join(folder, name))
      return `${name} ${size} ${mtimeMs}`
    }),
  )
}

test.beforeEach(() => test.slow())

test('candidates are tried on a sample, sorted, and only what changed is tried again', async ({
  folder,
  open,
}) => {
  const store = join(folder, 'a.zarr')
  await zarrscope(
    'create',
    store,
    '--shape',
    '400,300',
    '--dtype',
    'i4',
    '--chunks',
    '50,100',
    '--compressor',
    'zlib:1',
  )
  await zarrscope('set', store, '...', 'arange')
  const before = await stamps(store)
  const page = await open('a.zarr')
  await openTune(page)
  await expect(page.getByRole('status', { name: 'Sample size' })).toContainText('16 of 24 chunks, 312.5 KiB')
  await choose(page, 'Preset', 'quick')
  await page.getByRole('button', { name: 'Run codec trials' }).click()
  await allMeasured(page)
  const rows = codecs(page).getByRole('row')
  await expect(rows).toHaveCount(8)
  await expect(codecs(page).getByRole('row', { name: /zlib 1/ })).toContainText('present')
  await expect(
    codecs(page)
      .getByRole('row', { name: /byte shuffle/ })
      .first(),
  ).toContainText('lossless')
  await expect(codecs(page)).toContainText('Pareto')
  await expect(page.getByRole('img', { name: 'Ratio against decode speed' })).toHaveAccessibleDescription(
    /^7 candidates\. Best ratio: .+ Fastest: .+ Pareto front: /,
  )

  await codecs(page).getByRole('button', { name: 'Ratio' }).click()
  await expect(codecs(page).getByRole('columnheader', { name: 'Ratio' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await codecs(page).getByRole('button', { name: 'Ratio' }).click()
  await expect(rows.nth(1)).toContainText('no compression')

  // One more candidate: one more trial.
  await page.getByRole('button', { name: 'Choose' }).click()
  await typeCandidates(page, 'delta+zstd:3, bitround:3+zstd:3')
  await expect(codecs(page).getByRole('row', { name: /delta, zstd 3/ })).toContainText('lossless')
  await expect(codecs(page).getByRole('row', { name: /bitround 3, zstd 3/ })).toContainText(/± \d/)
  await expect(rows).toHaveCount(10)

  // A budget that was never reached does not change the sample; another seed does.
  await page.getByRole('textbox', { name: 'Budget in MiB' }).fill('100')
  await allMeasured(page)
  await expect(rows).toHaveCount(10)

  // Trials follow what is chosen until they are cancelled.
  await choose(page, 'Preset', 'thorough')
  await page.getByRole('button', { name: 'Cancel codec trials', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Run codec trials' })).toBeEnabled()
  expect(await stamps(store)).toEqual(before)
})

test('what a store and a type exclude is told in words, and what was set stays while other views are seen', async ({
  folder,
  open,
}) => {
  await writeGallery(join(folder, 'gallery.zarr'))
  const page = await open('gallery.zarr/maps/plane')
  await openTune(page)
  const sample = page.getByRole('region', { name: 'Sample' })
  // Chunk (0, 0) is cut short, every second one is missing.
  await page.getByRole('textbox', { name: 'Chunks', exact: true }).fill('100')
  await expect(sample).toContainText(
    /1 chunk of the sample cannot be read and was left out, such as \(0, 0\)/,
  )
  await page.getByRole('textbox', { name: 'Budget in MiB' }).fill('0.00002')
  await expect(sample).toContainText(/more than the budget of 21 B: trials use its first/)
  await page.getByRole('button', { name: 'Choose' }).click()
  await typeCandidates(page, 'nonsense')
  await page.getByRole('button', { name: 'Run codec trials' }).click()
  await expect(page.getByRole('alert')).toContainText('"nonsense" is not a codec')
  await typeCandidates(page, 'delta:<i4+zstd:3')
  await page.getByRole('button', { name: 'Run codec trials' }).click()
  await expect(codecs(page).getByRole('row', { name: /delta <i4/ })).toContainText(
    'must be the data type of the chunk',
  )

  await page.getByRole('tab', { name: 'Overview' }).click()
  await page.getByRole('tab', { name: 'Tune' }).click()
  await expect(page.getByRole('textbox', { name: 'Other candidates' })).toHaveValue('delta:<i4+zstd:3')
  await expect(codecs(page).getByRole('row', { name: /delta <i4/ })).toBeVisible()
})

test('an array that cannot be read, and one without chunks, say so', async ({ folder, open }) => {
  await writeGallery(join(folder, 'gallery.zarr'))
  const page = await open('gallery.zarr/unknown')
  await page.getByRole('tab', { name: 'Tune' }).click()
  await expect(page.getByRole('note')).toContainText('jetraw')
  await choose(page, 'Laboratory', 'Chunk shapes')
  await expect(chunks(page).getByRole('row', { name: /\(2,\)/ })).toContainText('present')
  await expect(page.getByRole('button', { name: /^Measure/ })).toHaveCount(0)
})

test('chunk shapes: exact numbers while typing, and times from a trial copy', async ({ folder, open }) => {
  const store = join(folder, 'a.zarr')
  const create = ['--shape', '40,60,80', '--dtype', 'f4', '--chunks', '40,1,80', '--dims', 'time,lat,lon']
  await zarrscope('create', store, ...create, '--compressor', 'none')
  await zarrscope('set', store, '...', 'arange')
  const before = await stamps(store)
  const page = await open('a.zarr')
  await openTune(page)
  await choose(page, 'Laboratory', 'Chunk shapes')
  for (let n = 0; n < 3; n++) await page.getByRole('button', { name: 'Remove pattern 1' }).click()
  await page.getByRole('button', { name: 'Add pattern' }).click()
  await page.getByRole('menuitem', { name: 'map at one time' }).click()
  await page.getByRole('checkbox', { name: 'Generated shapes' }).uncheck()
  const present = chunks(page).getByRole('row', { name: /\(40, 1, 80\)/ })
  // A map touches all 60 chunks and decodes every time of them.
  await expect(present).toContainText(/60\s*~750\.0 KiB\s*40×/)

  const typed = page.getByRole('textbox', { name: 'Chunk shape' })
  await typed.pressSequentially('1, None')
  await expect(chunks(page).getByRole('row', { name: /\(1, 60, 80\)/ })).toContainText(
    /1\s*~18\.8 KiB\s*1×\s*40/,
  )
  await typed.pressSequentially('x')
  await expect(page.getByRole('alert')).toContainText('"Nonex" is no whole number')
  await typed.fill('4, 30 / 8, 30, 80')
  await expect(chunks(page).getByRole('row', { name: /\(4, 30, 80\)/ })).toContainText('(8, 30, 80)')
  await typed.fill('4, 30 / 7, 30, 80')
  await expect(chunks(page)).toContainText('is no multiple of the chunk length 4')
  await typed.fill('1, None')
  await typed.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove shape 1, None' })).toBeVisible()

  await page.getByRole('button', { name: 'Measure chunks (1, 60, 80)' }).click()
  const measured = chunks(page).getByRole('row', { name: /\(1, 60, 80\)/ })
  await expect(measured).toContainText(/\d ms/)
  await expect(measured).toContainText(/1\s*18\.8 KiB/)
  await measured.getByRole('radio').check()
  await expect(
    page.getByRole('table', { name: /Cost of each pattern with chunks \(1, 60, 80\)/ }),
  ).toContainText('map at one time')

  // A slice of one's own, with a mistake first.
  await page.getByRole('button', { name: 'Add pattern' }).click()
  await page.getByRole('menuitem', { name: 'one slice' }).click()
  const slice = page.getByRole('textbox', { name: 'Pattern 2, slice' })
  await slice.fill('0, 99')
  await expect(page.getByRole('alert')).toContainText(/Character 4: .*99/)
  await slice.fill('time=3, lat=::2')
  await expect(measured).toContainText('~')
  expect(await stamps(store)).toEqual(before)
})

test('advice sets up the trial that shows it', async ({ folder, open }) => {
  const store = join(folder, 'a.zarr')
  await zarrscope(
    'create',
    store,
    '--shape',
    '600,600',
    '--dtype',
    'i4',
    '--chunks',
    '20,20',
    '--compressor',
    'none',
  )
  await zarrscope('set', store, '...', 'arange')
  const page = await open('a.zarr')
  await page.getByRole('tab', { name: 'Tune' }).click()
  const advice = page.getByRole('region', { name: 'Advice' })
  await expect(advice.getByRole('listitem').filter({ hasText: 'Nothing is compressed' })).toContainText(
    'ratio',
  )
  await advice.getByRole('button', { name: 'Try it: Chunks are far below 1 MiB' }).click()
  await expect(chunks(page)).toContainText('typed')
  await advice.getByRole('button', { name: 'Try it: Nothing is compressed' }).click()
  await expect(codecs(page).getByRole('row', { name: /^Use blosc zstd 3, byte shuffle/ })).toContainText(
    'lossless',
  )
  await expect(codecs(page).getByRole('row')).toHaveCount(3)
})

test('the array of the tutorial, from empty to stored better', async ({ folder, open }) => {
  const store = join(folder, 'example.zarr')
  await zarrscope(
    'create',
    store,
    ...'--shape 10000,10000 --dtype i4 --chunks 1000,1000 --zarr-format 2'.split(' '),
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
  await zarrscope('set', store, '0', 'arange')
  await zarrscope('set', store, ':, 0', 'arange')
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

  const corner = await run(process.execPath, [BIN, 'get', store, '9998:, :2', '--json'])
  expect((JSON.parse(corner.stdout) as { data: unknown }).data).toEqual([
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
  expect(await oracle.ask(code, { path: store })).toEqual([[500, 10000], true])
  await oracle.close()
})

test('a setting is applied to a new array, or copied as a command that does it', async ({ folder, open }) => {
  const store = join(folder, 'a.zarr')
  await zarrscope('create', `${store}/obs/t`, ...'--shape 40,50 --dtype f4 --chunks 4,5'.split(' '))
  await zarrscope('set', `${store}/obs/t`, '...', 'arange')
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
  await zarrscope(...command)
  const { stdout } = await run(process.execPath, [BIN, 'info', `${store}/obs/t`, '--json'])
  const copied = await run(process.execPath, [BIN, 'info', `${store}/obs/t2`, '--json'])
  const facts = (json: string): unknown => {
    const { chunks: inner, shards, codecs: pipeline } = JSON.parse(json) as Record<string, unknown>
    return { inner, shards, pipeline }
  }
  expect(facts(stdout)).toEqual(facts(copied.stdout))
  expect(facts(stdout)).toMatchObject({ inner: [20, 50], shards: [40, 50] })
})

test('codecs are applied to every array of a group that can take them, and the result tells of each', async ({
  folder,
  open,
}) => {
  const group = join(folder, 'a.zarr/obs')
  for (const [name, dtype] of Object.entries({ count: 'i4', steps: 'i4', real: 'f4' })) {
    await zarrscope('create', join(group, name), ...`--shape 400 --dtype ${dtype} --chunks 100`.split(' '))
    await zarrscope('set', join(group, name), '...', 'arange')
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

  await page.getByRole('button', { name: /^Jobs/ }).click()
  const outcomes = page.getByRole('dialog', { name: 'Jobs' }).getByRole('list', { name: 'Arrays' })
  await expect(outcomes.getByRole('listitem')).toHaveText([
    /obs\/count rewritten .* before, .* now/,
    /obs\/real kept .*must be the data type of the chunk/,
    /obs\/steps rewritten/,
  ])
  await outcomes.getByRole('button', { name: /real kept/ }).click()
  await expect(page.getByRole('button', { name: 'Close real' })).toBeVisible()
  const { stdout } = await run(process.execPath, [BIN, 'get', join(group, 'steps'), '397:', '--json'])
  expect((JSON.parse(stdout) as { data: unknown }).data).toEqual([397, 398, 399])
})

const ratioIn = (summary: string): number => Number(/ratio: ([\d.]+)/.exec(summary)?.[1])

/** Fills the whole array of the tutorial with a value in the table, and saves. */
async function fillWith(page: Page, value: string): Promise<void> {
  await page.getByRole('tab', { name: 'Data' }).click()
  const grid = page.getByRole('grid', { name: 'Data' })
  await grid.getByRole('gridcell').first().click()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+K')
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('Fill Selection')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Fill/ })
  await dialog.getByRole('textbox', { name: 'Value' }).fill(value)
  await expect(dialog).toContainText('100,000,000 cells, 100 chunks rewritten')
  await dialog.getByRole('button', { name: 'Fill' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeHidden()
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
  const { stdout } = await run('sh', ['-c', text.replace(/^zarrscope/, `printf '%s\\n'`)])
  return stdout.trimEnd().split('\n')
}
