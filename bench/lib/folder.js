import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The project's own folder. */
export const PROJECT = resolve(import.meta.dirname, '../..')

/** Where data, compiled programs and scratch files go; never inside the project. */
export const FOLDER = resolve(process.env['BENCH_DIR'] ?? join(tmpdir(), 'zarrscope-bench'))

/** A path below that folder; the folder it lies in is made. */
export function below(...names) {
  const path = join(FOLDER, ...names)
  mkdirSync(resolve(path, '..'), { recursive: true })
  return path
}
