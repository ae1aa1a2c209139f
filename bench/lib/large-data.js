import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { below, PROJECT } from './folder.js'
import { findMaker } from './peers.js'

/** The folder of the large arrays (data/large.py), made where it is not there yet. */
export function largeArrays(log) {
  const folder = below('large')
  if (existsSync(folder)) return folder
  const maker = findMaker()
  if (!maker) throw new Error('The arrays are made by a Python with zarr and numcodecs; none was found.')
  log(`making ${folder}`)
  execFileSync(maker.command, [...maker.args, join(PROJECT, 'bench/data/large.py'), folder], { cwd: PROJECT })
  return folder
}
