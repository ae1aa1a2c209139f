/** Chunk shapes are judged by access patterns, and advice sets up the trials that show it. */
import { join } from 'node:path'
import { zarrscope } from './cli'
import { expect, test } from './host'
import { choose, chunks, codecs, openTune, stamps } from './tune-page'

test.beforeEach(() => test.slow())

test('chunk shapes: exact numbers while typing, and times from a trial copy', async ({ folder, open }) => {
  const store = join(folder, 'a.zarr')
  const options = '--shape 40,60,80 --dtype f4 --chunks 40,1,80 --dims time,lat,lon --compressor none'
  await zarrscope(folder, 'create', 'a.zarr', ...options.split(' '))
  await zarrscope(folder, 'set', 'a.zarr', '...', 'arange')
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
  await zarrscope(
    folder,
    ...'create a.zarr --shape 600,600 --dtype i4 --chunks 20,20 --compressor none'.split(' '),
  )
  await zarrscope(folder, 'set', 'a.zarr', '...', 'arange')
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
