import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FOLDER, below, PROJECT } from './folder.js'
import { findMaker } from './peers.js'

const pathOf = ({ name }) => below('arrays', `${name.replaceAll(' ', '-')}.zarr`)

/** Makes the arrays that are not there yet. Throws an Error where no Python can make them. */
export function makeArrays(arrays, log) {
  const missing = arrays.filter((array) => !existsSync(pathOf(array)))
  if (missing.length === 0) return
  const maker = findMaker()
  if (!maker) throw new Error('The arrays are made by a Python with zarr and numcodecs; none was found.')
  log(`making ${missing.map(({ name }) => name).join(', ')} in ${FOLDER}`)
  const list = missing.map((array) => ({ ...array, path: pathOf(array) }))
  const words = [...maker.args, join(PROJECT, 'bench/data/arrays.py'), JSON.stringify(list)]
  execFileSync(maker.command, words, { cwd: PROJECT, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** What an engine needs to open an array, and the CRC-32 of the array's items. */
export function arrayData(array) {
  const path = pathOf(array)
  const { crc } = JSON.parse(readFileSync(`${path}.json`, 'utf8'))
  const { compressor } = array
  const blosc = compressor?.id === 'blosc' ? [compressor.cname, compressor.clevel, compressor.shuffle] : []
  return { path, crc, blosc }
}

/** An array of the same form without chunks, for one engine to write to. */
export function scratchArray({ path }, engine) {
  const scratch = below('scratch', engine.replaceAll(' ', '-'))
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  cpSync(join(path, '.zarray'), join(scratch, '.zarray'))
  return scratch
}

export const removeScratch = () => rmSync(join(FOLDER, 'scratch'), { recursive: true, force: true })
