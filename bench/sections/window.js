import { join } from 'node:path'
import { findChromium } from '../../scripts/chromium.js'
import { Host } from '../lib/host.js'
import { largeArrays } from '../lib/large-data.js'
import { quantile, summary } from '../lib/statistics.js'

const SCROLL_MS = 5000
/** Pixels of a turn of the wheel: about a page, so that nearly every frame needs cells it has not had. */
const WHEEL = 900

/**
 * The window in a real browser on an array of 1,000,000 × 3,000 float32: from the click on its Data view until its
 * cells are drawn, and the frames of a long scroll through chunks that were never read.
 */
export async function window({ options, log }) {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium was found; set CHROMIUM_PATH.')
  const { chromium } = await import('@playwright/test')
  const folder = largeArrays(log)
  const isRoot = process.getuid?.() === 0
  const browser = await chromium.launch({
    executablePath,
    args: ['--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])],
  })
  const cells = []
  const frames = []
  let peakMB = 0
  try {
    for (let round = 0; round < options.rounds; round++) {
      const host = await Host.start(options, join(folder, 'table'))
      try {
        const page = await browser.newPage({ viewport: { width: 1360, height: 860 } })
        await page.goto(host.url.href)
        cells.push({ ms: await firstCells(page) })
        frames.push(...(await scrolled(page)))
        peakMB = Math.max(peakMB, (await host.report()).peakMB)
        await page.close()
      } finally {
        await host.close()
      }
      log(`round ${round + 1}`)
    }
  } finally {
    await browser.close()
  }
  return {
    operations: { 'from the click to the first cells drawn': { zarrscope: summary(cells) } },
    frames: {
      'wheel through 1,000,000 rows': {
        perSecond: (1000 * frames.length) / frames.reduce((sum, ms) => sum + ms, 0),
        p95: quantile(frames, 0.95),
        longest: Math.max(...frames),
      },
    },
    peaks: { 'host while its window scrolls': { peakMB } },
  }
}

/** Milliseconds between the click and the frame in which every cell on screen has its value. */
async function firstCells(page) {
  const tab = page.getByRole('tab', { name: 'Data', exact: true })
  await tab.waitFor()
  await page.evaluate(() => {
    const loaded = () => {
      const shown = [...document.querySelectorAll('[role=grid] [role=gridcell]')]
      return shown.length > 0 && shown.every((cell) => cell.textContent.trim() !== '')
    }
    globalThis.cellsDrawn = new Promise((resolve) => {
      let start
      document.addEventListener('pointerdown', () => (start = performance.now()), {
        once: true,
        capture: true,
      })
      const look = () => {
        // The frame after the one in which they are found is the one that has painted them.
        if (start !== undefined && loaded()) requestAnimationFrame(() => resolve(performance.now() - start))
        else requestAnimationFrame(look)
      }
      look()
    })
  })
  await tab.click()
  return page.evaluate(() => globalThis.cellsDrawn)
}

/** Times between frames while the wheel turns over the table. */
async function scrolled(page) {
  const grid = page.getByRole('grid', { name: 'Data' })
  const box = await grid.boundingBox()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => {
    globalThis.frameTimes = []
    let last
    const frame = (now) => {
      if (last !== undefined) globalThis.frameTimes.push(now - last)
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  for (const end = Date.now() + SCROLL_MS; Date.now() < end;) await page.mouse.wheel(0, WHEEL)
  return page.evaluate(() => globalThis.frameTimes)
}
