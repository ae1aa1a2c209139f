import { join } from 'node:path'
import { build } from 'vite'
import { expect, test } from './host'
import { startServe } from './serve-process'
import { writeStore } from './stores'

/** The relay as one script without imports. */
async function relayScript(): Promise<string> {
  const root = join(import.meta.dirname, '..')
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src/shared') } },
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'port-relay.ts'), formats: ['iife'], name: 'relay' },
    },
  })
  const bundle = Array.isArray(result) ? result[0]! : result
  if (!('output' in bundle)) throw new Error('the relay was not built')
  return bundle.output[0].code
}

// The transport of the Electron window in a real browser: a preload-shaped host hands the page a MessagePort, and the
// whole window runs over it by structured clone. Electron itself is not part of this.
test('the window runs over the MessagePort that a preload hands it', async ({ page, folder }) => {
  await writeStore(join(folder, 'a.zarr'))
  const host = await startServe({ cwd: folder, stateDir: join(folder, '.state'), args: ['a.zarr'] })
  await page.addInitScript({ content: await relayScript() })
  await page.goto(host.url)
  const explorer = page.getByRole('tree', { name: 'Explorer' })
  await explorer.getByRole('treeitem', { name: 'obs' }).click()
  await page.keyboard.press('ArrowRight')
  await explorer.getByRole('treeitem', { name: 't', exact: true }).click()
  await page.getByRole('tab', { name: 'Data' }).click()
  await expect(page.getByRole('grid', { name: 'Data' }).getByRole('gridcell', { name: '102' })).toBeVisible()
  const relayed = await page.evaluate(
    () => (globalThis as never as { relayed: { count: number } }).relayed.count,
  )
  expect(relayed).toBeGreaterThan(5)
  await host.stop()
})
