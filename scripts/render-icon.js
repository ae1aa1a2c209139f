#!/usr/bin/env node
/**
 * Renders resources/icon.svg into the files that packaging needs; run it after changing the drawing. The containers of
 * macOS and Windows are written here too: both hold PNG files behind a small header.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from './chromium.js'

const resources = join(import.meta.dirname, '../resources')

/** Side in pixels → PNG bytes. */
async function render(sizes) {
  const svg = readFileSync(join(resources, 'icon.svg'), 'utf8')
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const images = new Map()
  for (const size of sizes) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${svg}`)
    images.set(size, await page.screenshot({ omitBackground: true }))
    await page.close()
  }
  await browser.close()
  return images
}

/** Apple Icon Image: "icns", length, then entries of type, length, PNG; lengths big-endian with their headers. */
function icns(images) {
  const types = { 16: 'icp4', 32: 'icp5', 64: 'icp6', 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' }
  const block = (type, content) => {
    const header = Buffer.alloc(8)
    header.write(type, 0, 'latin1')
    header.writeUInt32BE(content.length + 8, 4)
    return Buffer.concat([header, content])
  }
  return block(
    'icns',
    Buffer.concat(Object.entries(types).map(([size, type]) => block(type, images.get(Number(size))))),
  )
}

/** ICO: header, a directory of 16-byte entries, PNG files; little-endian, 256 written as 0. */
function ico(images) {
  const sizes = [16, 32, 48, 64, 128, 256]
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  sizes.forEach((size, i) => {
    const at = 6 + 16 * i
    const { length } = images.get(size)
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += length
  })
  return Buffer.concat([header, ...sizes.map((size) => images.get(size))])
}

const images = await render([16, 32, 48, 64, 128, 256, 512, 1024])
mkdirSync(join(resources, 'icons'), { recursive: true })
for (const size of [64, 128, 256, 512]) {
  writeFileSync(join(resources, `icons/${size}x${size}.png`), images.get(size))
}
writeFileSync(join(resources, 'icon.png'), images.get(512))
writeFileSync(join(resources, 'icon.icns'), icns(images))
writeFileSync(join(resources, 'icon.ico'), ico(images))
