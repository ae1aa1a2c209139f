import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

const CHUNK = Buffer.alloc(100, 7)
const SIDE = 10

const arrayDocument = (side, separator) =>
  JSON.stringify({
    zarr_format: 2,
    shape: [side * SIDE, side * SIDE],
    chunks: [SIDE, SIDE],
    dtype: '|u1',
    compressor: null,
    fill_value: 0,
    order: 'C',
    filters: null,
    dimension_separator: separator,
  })

/** Makes a folder whole or not at all: `fill` works in a folder of another name that takes its place at the end. */
function make(path, fill) {
  if (existsSync(path)) return
  const part = `${path}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  fill(part)
  renameSync(part, path)
}

/** An array of `side` × `side` small stored chunks, all in one folder or ("/") one folder for each row of them. */
export function makeManyChunks(path, side, separator) {
  make(path, (folder) => {
    writeFileSync(join(folder, '.zarray'), arrayDocument(side, separator))
    for (let row = 0; row < side; row++) {
      if (separator === '/') mkdirSync(join(folder, String(row)))
      for (let column = 0; column < side; column++) {
        const file = openSync(`${folder}/${row}${separator}${column}`, 'wx')
        writeSync(file, CHUNK)
        closeSync(file)
      }
    }
  })
}

/** A format 2 store of `groups` groups with `arrays` empty arrays each, and attributes beside every one of them. */
export function makeTree(path, groups, arrays) {
  const group = JSON.stringify({ zarr_format: 2 })
  const array = arrayDocument(4, '.')
  make(path, (folder) => {
    writeFileSync(join(folder, '.zgroup'), group)
    for (let g = 0; g < groups; g++) {
      const below = join(folder, `group${g}`)
      mkdirSync(below)
      writeFileSync(join(below, '.zgroup'), group)
      for (let a = 0; a < arrays; a++) {
        const node = join(below, `array${a}`)
        mkdirSync(node)
        writeFileSync(join(node, '.zarray'), array)
        writeFileSync(join(node, '.zattrs'), JSON.stringify({ number: g * arrays + a }))
      }
    }
  })
}
