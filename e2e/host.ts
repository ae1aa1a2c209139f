/**
 * The fixture of all end-to-end tests. `open` shows the window on stores, by the serve host and Chromium in the project
 * "serve", by Electron in the project "electron"; the tests cannot tell which.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type Page } from '@playwright/test'
import { findElectron } from './electron-binary'
import { startServe } from './serve-process'

interface HostFixtures {
  /** A folder of this test alone: working directory of the host, and a place for stores. */
  folder: string
  /** Shows the window; paths are relative to `folder`. May be called several times. */
  open: (...paths: string[]) => Promise<Page>
  /** What went wrong in the pages; a test that ends with any fails, unless it empties the list. */
  pageErrors: string[]
}

export const test = base.extend<HostFixtures>({
  folder: async ({}, use) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'zarrscope-e2e-')))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },

  pageErrors: async ({}, use) => {
    const errors: string[] = []
    await use(errors)
    if (errors.length > 0) throw new Error(`the page reported errors:\n${errors.join('\n')}`)
  },

  open: async ({ folder, pageErrors, browser, contextOptions }, use, info) => {
    const closing: (() => Promise<unknown>)[] = []
    const stateDir = join(folder, '.state')
    const watch = (page: Page): Page => {
      page.on('pageerror', (error) => pageErrors.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error') pageErrors.push(message.text())
      })
      return page
    }
    const viaServe = async (paths: string[]): Promise<Page> => {
      const host = await startServe({ cwd: folder, stateDir, args: paths })
      const context = await browser.newContext(contextOptions)
      closing.push(
        // Closed last to first: a page that still loads something must not find its host gone.
        () => host.stop(),
        () => context.close(),
      )
      const page = watch(await context.newPage())
      await page.goto(host.url)
      return page
    }
    const viaElectron = async (file: string, paths: string[]): Promise<Page> => {
      const app = await _electron.launch({
        executablePath: file,
        args: [
          join(import.meta.dirname, '..'),
          `--user-data-dir=${join(folder, '.electron')}`,
          ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          ...paths,
        ],
        cwd: folder,
        env: { ...(process.env as Record<string, string>), ZARRSCOPE_STATE_DIR: stateDir },
      })
      closing.push(() => app.close())
      return watch(await app.firstWindow())
    }
    if (info.project.metadata['host'] === 'electron') {
      const electron = findElectron()
      base.skip('why' in electron, 'why' in electron ? electron.why : '')
      await use((...paths) => viaElectron('file' in electron ? electron.file : '', paths))
    } else {
      await use((...paths) => viaServe(paths))
    }
    for (const close of closing.reverse()) await close()
  },
})

export { expect } from '@playwright/test'
