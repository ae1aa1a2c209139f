import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './host'
import { writeGallery } from './gallery'
import { explorer, node } from './window-page'

test.describe('a small store', () => {
  let page: Page
  test.beforeEach(async ({ open, folder }) => {
    await writeGallery(join(folder, 'gallery.zarr'))
    page = await open('gallery.zarr')
    await expect(node(page, 'maps')).toBeVisible()
  })

  test('groups tell their children, arrays their dtype and shape', async () => {
    await node(page, 'maps').click()
    await expect(node(page, 'plane')).toHaveAccessibleDescription(/float64.*\(20, 30\)/)
    await expect(node(page, 'plane')).toContainText('(20, 30)')
    await expect(node(page, 'maps')).toHaveAttribute('aria-expanded', 'true')
    await expect(node(page, 'plane')).toHaveAttribute('aria-level', '3')
  })

  test('arrows, Home, End and letters move; left and right close and open', async () => {
    await node(page, 'gallery.zarr').focus()
    await page.keyboard.press('m')
    await expect(node(page, 'maps')).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await expect(node(page, 'line')).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(node(page, 'cube')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(node(page, 'line')).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await expect(node(page, 'maps')).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await expect(node(page, 'line')).toHaveCount(0)
    await page.keyboard.press('End')
    await expect(node(page, 'unknown')).toBeFocused()
    await page.keyboard.press('Home')
    await expect(node(page, 'gallery.zarr')).toBeFocused()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('unknown')
  })

  test('the filter finds paths, dtypes and attribute keys, and opens the way to them', async () => {
    const filter = page.getByRole('textbox', { name: 'Filter nodes' })
    await filter.fill('CUBE')
    await expect(node(page, 'cube')).toBeVisible()
    await expect(node(page, 'attributes')).toHaveCount(0)
    await filter.fill('homepage')
    await expect(node(page, 'attributes')).toBeVisible()
    await expect(node(page, 'maps')).toHaveCount(0)
    await filter.fill('float64 plane')
    await expect(node(page, 'plane')).toBeVisible()
    await filter.fill('no such thing')
    await expect(page.getByText('No node has this')).toBeVisible()
    await filter.press('Escape')
    await expect(node(page, 'maps')).toBeVisible()
  })

  test('the context menu copies the path and refreshes', async ({ folder }) => {
    await node(page, 'maps').click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Copy path' })).toBeVisible()
    const isDesktop = test.info().project.metadata['host'] === 'electron'
    await expect(page.getByRole('menuitem', { name: 'Reveal in file manager' })).toHaveCount(
      isDesktop ? 1 : 0,
    )
    await writeGallery(join(folder, 'gallery.zarr/maps/new'))
    await page.getByRole('menuitem', { name: 'Refresh' }).click()
    await node(page, 'maps').click()
    await expect(node(page, 'new')).toBeVisible()
  })

  test('an array that cannot be read still opens, and an empty group says so', async () => {
    await expect(node(page, 'unknown')).toHaveAccessibleDescription(/jetraw/)
    await node(page, 'unknown').click()
    await expect(page.getByRole('note').first()).toContainText('jetraw')
    await node(page, 'nothing').click()
    await expect(node(page, 'Empty group')).toBeVisible()
  })
})

test('thousands of nodes: only the visible rows are in the document, the last one is a key away', async ({
  open,
  folder,
}) => {
  const store = join(folder, 'many.zarr')
  const document = JSON.stringify({ zarr_format: 3, node_type: 'group', attributes: {} })
  await mkdir(store, { recursive: true })
  await writeFile(join(store, 'zarr.json'), document)
  for (let i = 0; i < 2000; i++) {
    const group = join(store, `group_${String(i).padStart(4, '0')}`)
    await mkdir(group)
    await writeFile(join(group, 'zarr.json'), document)
  }
  const page = await open('many.zarr')
  await expect(node(page, 'group_0000')).toBeVisible()
  expect(await explorer(page).getByRole('treeitem').count()).toBeLessThan(120)
  await expect(node(page, 'group_0000')).toHaveAttribute('aria-setsize', '2000')
  await node(page, 'many.zarr').focus()
  await page.keyboard.press('End')
  await expect(node(page, 'group_1999')).toBeFocused()
  await page.getByRole('textbox', { name: 'Filter nodes' }).fill('group_19')
  await expect(page.getByText(/^100 of/)).toBeVisible()
})
