import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './host'
import { writeStore } from './stores'
import { node } from './window-page'

const broken = [
  ['broken JSON', '.zarray', '{\n  "zarr_format": 2,\n  "shape": [4,}\n', 'line 3, column 15', '}'],
  ['cut short', 'zarr.json', '{"zarr_format": 3, "node_ty', 'Marked: line 1', null],
  ['empty', 'zarr.json', '', 'The document has no bytes.', null],
  ['not UTF-8', 'zarr.json', Buffer.from('{"a": "\xe9"}', 'latin1'), 'no UTF-8', '\ufffd'],
  ['a wrong field', '.zgroup', '{"zarr_format": 7}', 'Marked: line 1, column 2', '"zarr_format": 7'],
] as const

for (const [what, name, content, words, mark] of broken) {
  test(`metadata that cannot be read, ${what}: the text as it is stored`, async ({ open, folder }) => {
    await writeStore(join(folder, 's.zarr'))
    await mkdir(join(folder, 's.zarr/bad'))
    await writeFile(join(folder, 's.zarr/bad', name), content)
    const page = await open('s.zarr')
    await node(page, 'bad').click()
    await page.keyboard.press('Enter')
    const main = page.getByRole('main')
    await expect(main.getByRole('alert')).toContainText(`bad/${name}`)
    await expect(main).toContainText(words)
    if (mark !== null) await expect(main.locator('mark')).toHaveText(mark)
    const text = main.getByRole('region', { name: `Text of bad/${name}` })
    await expect(text).toContainText(typeof content === 'string' ? content.slice(0, 10) : '{"a"')
    await expect(main.getByRole('button', { name: `Copy bad/${name}` })).toBeVisible()
  })
}

test('metadata that was mended outside shows after Retry', async ({ open, folder }) => {
  await writeStore(join(folder, 's.zarr'))
  await mkdir(join(folder, 's.zarr/bad'))
  const document = join(folder, 's.zarr/bad/zarr.json')
  await writeFile(document, '{"zarr_format": 3, "node_type": "group"')
  const page = await open('s.zarr')
  await node(page, 'bad').click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Text of bad/zarr.json' })).toBeVisible()
  await writeFile(document, '{"zarr_format": 3, "node_type": "group"}')
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible()
})
