import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './host'
import { writeGallery } from './gallery'
import { explorer, node } from './window-page'

const openNodes = (page: Page) => page.getByRole('navigation', { name: 'Open nodes' })

test.describe('without a store', () => {
  test('Welcome offers what can be opened, and says that nothing was yet', async ({ open }) => {
    const page = await open()
    await expect(page.getByRole('button', { name: 'Open folder…' })).toBeEnabled()
    await expect(page.getByRole('button', { name: 'Open zip…' })).toBeEnabled()
    await expect(page.getByRole('button', { name: 'Explore a sample' })).toBeEnabled()
    await expect(page.getByRole('region', { name: 'Recent' })).toContainText('Nothing opened yet')
  })

  test('the sample store opens with its groups', async ({ open }) => {
    const page = await open()
    await page.getByRole('button', { name: 'Explore a sample' }).click()
    await expect(explorer(page).getByRole('treeitem').nth(3)).toBeVisible()
    await expect(page).toHaveTitle(/ — Zarrscope$/)
  })

  test('what was opened before is listed, and opens by a click', async ({ open, folder }) => {
    await writeGallery(join(folder, 'gallery.zarr'))
    const first = await open('gallery.zarr')
    await expect(node(first, 'maps')).toBeVisible()
    const page = await open()
    await page
      .getByRole('region', { name: 'Recent' })
      .getByRole('button', { name: /^gallery\.zarr/ })
      .click()
    await expect(node(page, 'maps')).toBeVisible()
  })

  test('a path that is no store is told in one sentence, and the window goes on', async ({
    open,
    folder,
    pageErrors,
  }) => {
    await writeGallery(join(folder, 'gallery.zarr'))
    const page = await open('gallery.zarr', 'gallery.zarr/maps/plane/c')
    await expect(node(page, 'maps')).toBeVisible()
    expect(pageErrors).toEqual([])
  })
})

test.describe('with a store', () => {
  let page: Page
  test.beforeEach(async ({ open, folder }) => {
    await writeGallery(join(folder, 'gallery.zarr'))
    page = await open('gallery.zarr')
    await expect(node(page, 'maps')).toBeVisible()
  })

  test('a click previews a node, a double click keeps it', async () => {
    await node(page, 'attributes').click()
    await expect(openNodes(page).getByRole('button', { name: 'attributes', exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    )
    await node(page, 'unknown').dblclick()
    await expect(openNodes(page).getByRole('button', { name: 'attributes', exact: true })).toHaveCount(0)
    await node(page, 'attributes').click()
    await expect(openNodes(page).getByRole('button', { name: 'unknown', exact: true })).toBeVisible()
    await page.keyboard.press('Alt+w')
    await expect(openNodes(page).getByRole('button', { name: 'attributes', exact: true })).toHaveCount(0)
  })

  test('a node keeps its view while another is in front', async () => {
    await node(page, 'attributes').dblclick()
    await page.getByRole('tab', { name: 'Attributes' }).click()
    await node(page, 'unknown').dblclick()
    await page.getByRole('tab', { name: 'Overview' }).click()
    await openNodes(page).getByRole('button', { name: 'attributes', exact: true }).click()
    await expect(page.getByRole('tab', { name: 'Attributes' })).toHaveAttribute('aria-selected', 'true')
  })

  test('the palette runs commands and goes to nodes', async () => {
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Commands' })
    const field = palette.getByRole('combobox')
    await expect(field).toBeFocused()
    await field.fill('plane')
    await expect(palette.getByRole('option', { name: '/maps/plane' })).toHaveAttribute(
      'aria-selected',
      'true',
    )
    await field.press('Enter')
    await expect(palette).toBeHidden()
    await expect(openNodes(page).getByRole('button', { name: 'plane', exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    )
    await page.keyboard.press('Control+Shift+P')
    await field.fill('attributes view')
    await field.press('Enter')
    await expect(page.getByRole('tab', { name: 'Attributes' })).toHaveAttribute('aria-selected', 'true')
  })

  test('keys show views and panels', async () => {
    await node(page, 'attributes').dblclick()
    await page.keyboard.press('Control+4')
    await expect(page.getByRole('tab', { name: 'Chunks' })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Control+1')
    await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
    await page.keyboard.press('Control+i')
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeHidden()
    await page.keyboard.press('Control+b')
    await expect(explorer(page)).toBeHidden()
    await page.keyboard.press('Control+b')
    await expect(explorer(page)).toBeVisible()
    await page.keyboard.press('F1')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  })

  test('the theme follows the system and can be forced', async () => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(background).toBe('rgb(255, 255, 255)')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(background).not.toBe('rgb(255, 255, 255)')
    await page.getByRole('button', { name: 'Theme' }).click()
    await page.getByRole('menuitemradio', { name: 'Light' }).click()
    await expect.poll(background).toBe('rgb(255, 255, 255)')
  })

  test('narrow windows make room for the node, wide ones bring the panels back', async () => {
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await page.setViewportSize({ width: 800, height: 500 })
    await expect(inspector).toBeHidden()
    await expect(page.getByRole('region', { name: 'Summary' })).toBeVisible()
    await page.setViewportSize({ width: 640, height: 500 })
    await expect(explorer(page)).toBeHidden()
    await page.setViewportSize({ width: 1280, height: 800 })
    await expect(inspector).toBeVisible()
    await expect(explorer(page)).toBeVisible()
  })

  test('metadata that cannot be read is an alert in the place of the node and a problem in the list', async () => {
    await node(page, 'broken').click()
    await expect(page.getByRole('alert')).toContainText('broken/zarr.json')
    await expect(page.getByRole('alert').getByRole('button', { name: 'Retry' })).toBeVisible()
    await page.getByRole('button', { name: '1 problem' }).click()
    await expect(page.getByRole('dialog', { name: 'Problems' })).toContainText('broken/zarr.json')
    await page.keyboard.press('Escape')
    await node(page, 'attributes').click()
    await expect(page.getByRole('region', { name: 'Summary' })).toContainText('float64')
  })

  test('the status bar says how the store is opened', async () => {
    const bar = page.getByRole('contentinfo')
    await expect(bar).toContainText('directory store')
    await expect(bar).toContainText(/read-(only|write)/)
    await expect(bar).toContainText('worker')
  })
})
