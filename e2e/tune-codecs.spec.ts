/** Codec candidates are tried on a sample; what excludes some, or all, is told in words. */
import { join } from 'node:path'
import { zarrscope } from './cli'
import { writeGallery } from './gallery'
import { expect, test } from './host'
import { allMeasured, choose, chunks, codecs, openTune, stamps, typeCandidates } from './tune-page'

test.beforeEach(() => test.slow())

test('candidates are tried on a sample, sorted, and only what changed is tried again', async ({
  folder,
  open,
}) => {
  const store = join(folder, 'a.zarr')
  await zarrscope(
    folder,
    ...'create a.zarr --shape 400,300 --dtype i4 --chunks 50,100 --compressor zlib:1'.split(' '),
  )
  await zarrscope(folder, 'set', 'a.zarr', '...', 'arange')
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
