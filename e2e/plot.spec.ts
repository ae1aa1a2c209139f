import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './host'
import type { Page } from '@playwright/test'
import { writePlotStore } from './plot-store'

// The Plot view by role and name: what figures say of themselves, what is read by keys, what is saved. Violations of
// the content security policy are errors of the console, which fail the test.
test.beforeEach(({ folder }) => writePlotStore(join(folder, 'p.zarr')))

async function openPlot(page: Page, node: string): Promise<void> {
  const tree = page.getByRole('tree', { name: 'Explorer' })
  const names = node.split('/')
  if (names.length > 1) {
    await tree.getByRole('treeitem', { name: names[0]! }).click()
    await page.keyboard.press('ArrowRight')
  }
  await tree.getByRole('treeitem', { name: names.at(-1)!, exact: true }).click()
  await page.getByRole('tab', { name: 'Plot', exact: true }).click()
}

const choose = (page: Page, group: string, name: string): Promise<void> =>
  page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true }).click()

const figure = (page: Page, name: RegExp) => page.getByRole('img', { name })

async function exported(page: Page, item: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

test('a heatmap tells its range, what is missing and what is NaN, and is read by keys', async ({ open }) => {
  const page = await open('p.zarr')
  await openPlot(page, 'climate/t')
  const heatmap = figure(page, /^Heatmap of \/climate\/t$/)
  await expect(heatmap).toHaveAccessibleDescription(
    /6 rows \(lat\) by 8 columns \(lon\); values from 1\.0 to 53\.0; 1 value without a number, 12 from missing chunks/,
  )
  await expect(page.getByRole('list', { name: 'Notes' })).toContainText(
    '12 values shown from missing chunks (striped), 1 without a number',
  )
  const surface = page.getByRole('application', { name: /Heatmap/ })
  const value = page.getByRole('status', { name: 'Value' })
  await surface.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(value).toHaveText('lat 3 (-10), lon 3 (135): 33.0')
  await page.keyboard.press('ArrowRight')
  await expect(value).toHaveText('lat 3 (-10), lon 4 (180): missing chunk, fill value 0.0')
  await page.keyboard.press('ArrowUp')
  await expect(value).toHaveText('lat 2 (10), lon 4 (180): 24.0')
})

test('Ctrl+3 shows the plot; its slice is that of the table', async ({ open }) => {
  const page = await open('p.zarr')
  await openPlot(page, 'climate/t')
  await expect(figure(page, /^Heatmap/)).toBeVisible()
  const slice = page.getByRole('textbox', { name: 'Slice' })
  await slice.fill('lat=1:3')
  await slice.press('Enter')
  await expect(figure(page, /^Heatmap/)).toHaveAccessibleDescription(/^2 rows \(lat\)/)
  await page.keyboard.press('Control+2')
  const grid = page.getByRole('grid', { name: 'Data' })
  await expect(grid).toHaveAttribute('aria-rowcount', '2')
  await slice.fill('0, ::2')
  await slice.press('Enter')
  await expect(grid).toHaveAttribute('aria-rowcount', '4')
  await page.keyboard.press('Control+3')
  await expect(figure(page, /^Line plot/)).toHaveAccessibleDescription(/along lon, which has 4 indices/)
})

test('lines along a dimension at several indices; CSV holds the exact values', async ({ open }) => {
  const page = await open('p.zarr')
  await openPlot(page, 'climate/t')
  await choose(page, 'Kind of plot', 'Line')
  await page.getByRole('combobox', { name: 'Along', exact: true }).selectOption({ label: 'lat (6)' })
  await page.getByRole('combobox', { name: 'Further lines along' }).selectOption({ label: 'lon (8)' })
  const indices = page.getByRole('textbox', { name: 'Indices of further lines' })
  await indices.fill('0, 9')
  await expect(page.getByRole('alert')).toHaveText('Index 9 is not in the slice.')
  await indices.fill('0, 5')
  await expect(figure(page, /^Line plot of \/climate\/t$/)).toHaveAccessibleDescription(
    /^2 lines \(lon 0; lon 5\) along lat.*values from 5\.0 to 50\.0; 1 without a number, 3 in missing chunks/,
  )
  const { name, bytes } = await exported(page, 'CSV values')
  expect(name).toBe('climate-t-line.csv')
  expect(bytes.toString()).toBe(
    [
      'lat,lat coordinate,lon 0,lon 5',
      '0,50,nan,5.0',
      '1,30,10.0,15.0',
      '2,10,20.0,25.0',
      '3,-10,30.0,',
      '4,-30,40.0,',
      '5,-50,50.0,',
      '',
    ].join('\r\n'),
  )
})

test('a spike among many values is not lost, and zooming in reads every value', async ({ open }) => {
  const page = await open('p.zarr')
  await openPlot(page, 'signal')
  const line = figure(page, /^Line plot/)
  await expect(line).toHaveAccessibleDescription(/20,000 values read; values from 0\.0 to 9\.0/)
  const notes = page.getByRole('list', { name: 'Notes' })
  await expect(notes).toContainText(/smallest to the largest of every \d+ values/)
  const zoomIn = page.getByRole('button', { name: 'Zoom in' })
  for (let i = 0; i < 3; i++) await zoomIn.click()
  await expect(line).toHaveAccessibleDescription(/2,50\d values read; values from 0\.0 to 0\.0/)
  await expect(notes).toBeHidden()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(line).toHaveAccessibleDescription(/20,000 values read/)
})

test('a histogram counts 64-bit integers exactly', async ({ open }) => {
  const page = await open('p.zarr')
  await openPlot(page, 'ids')
  await choose(page, 'Kind of plot', 'Histogram')
  await page.getByRole('textbox', { name: 'Bins' }).fill('4')
  const histogram = figure(page, /^Histogram of \/ids$/)
  await expect(histogram).toHaveAccessibleDescription(
    /^4 bins over 100 values; smallest 1152921504606846976, .*median 1152921504606847025,.*largest 1152921504606847075/,
  )
  const csv = (await exported(page, 'CSV values')).bytes.toString()
  expect(csv.split('\r\n').slice(0, 2)).toEqual([
    'from,to,values',
    '1152921504606846976,1152921504606847001,25',
  ])
  await page.getByRole('textbox', { name: 'Minimum' }).fill('1152921504606847066')
  await expect(histogram).toHaveAccessibleDescription(/^4 bins/)
  await expect(page.getByRole('list', { name: 'Notes' })).toContainText('90 below the bins')
  await page.getByRole('textbox', { name: 'Minimum' }).fill('many')
  await expect(page.getByRole('alert')).toHaveText('The minimum is no number of this data type.')
})

test('a plane larger than the screen shows evenly spaced values, and says so', async ({ open }) => {
  const page = await open('p.zarr')
  await openPlot(page, 'wide')
  const notes = page.getByRole('list', { name: 'Notes' })
  await expect(notes).toContainText(
    /Shows every [\d,]+(st|nd|rd|th) row and every [\d,]+(st|nd|rd|th) column/,
  )
  const zoomIn = page.getByRole('button', { name: 'Zoom in' })
  for (let i = 0; i < 4; i++) await zoomIn.click()
  await expect(notes).not.toContainText('Shows every')
})

test('pictures are saved as PNG and SVG', async ({ open }) => {
  const page = await open('p.zarr')
  await openPlot(page, 'climate/t')
  await expect(figure(page, /^Heatmap/)).toBeVisible()
  const png = await exported(page, 'PNG picture')
  expect(png.name).toBe('climate-t-heatmap.png')
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(png.bytes.length).toBeGreaterThan(5000)
  const svg = await exported(page, 'SVG picture')
  expect(svg.bytes.toString()).toMatch(/^<svg[^]*temperature \(K\)[^]*<\/svg>$/)
})

test('scales and ranges that cannot be drawn say why', async ({ open }) => {
  const page = await open('p.zarr')
  await openPlot(page, 'climate/t')
  await expect(figure(page, /^Heatmap/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Minimum' }).fill('40')
  await page.getByRole('textbox', { name: 'Maximum' }).fill('20')
  await expect(page.getByRole('alert')).toHaveText('The minimum is above the maximum.')
  await page.getByRole('button', { name: 'Range from the values' }).click()
  await expect(page.getByRole('alert')).toBeHidden()
  await page.getByRole('textbox', { name: 'Minimum' }).fill('-1')
  await choose(page, 'Scale', 'Log')
  await expect(page.getByRole('alert')).toHaveText('A logarithm needs a minimum above 0.')
})

test('texts are not plotted, in words', async ({ open }) => {
  const page = await open('p.zarr')
  await openPlot(page, 'names')
  await expect(page.getByRole('tabpanel')).toContainText('These values are not numbers, booleans or times.')
})
