import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Where compressed corpora lie: in the project, or beside it. */
const PLACES = ['fixtures', '../shared/fixtures']

/**
 * The unpacked folder of a fixture corpus such as "zarr341-seed1"; undefined where its archive is not there. Unpacked
 * once into the system's temporary folder and shared by every process that asks. Read only: never write into it.
 */
export function corpusFolder(name: string): string | undefined {
  const root = resolve(import.meta.dirname, '../../../..')
  const archive = PLACES.map((place) => join(root, place, `${name}.tar.gz`)).find((path) => existsSync(path))
  if (archive === undefined) return undefined
  const { size, mtimeMs } = statSync(archive)
  const target = join(tmpdir(), 'zarrscope-corpora', `${name}-${size}-${Math.trunc(mtimeMs)}`)
  if (!existsSync(target)) unpackTo(archive, target)
  return join(target, name)
}

/** Unpacks beside the target and renames, so that processes that start together never see half a corpus. */
function unpackTo(archive: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true })
  const fresh = mkdtempSync(`${target}.`)
  for (const { path, data } of tarFiles(gunzipSync(readFileSync(archive)))) {
    const file = join(fresh, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, data)
  }
  try {
    renameSync(fresh, target)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
}

/** The regular files of a tar archive (ustar, with GNU long names or pax paths). */
function* tarFiles(tar: Uint8Array): Generator<{ path: string; data: Uint8Array }> {
  const text = (from: number, length: number): string =>
    Buffer.from(tar.subarray(from, from + length))
      .toString('utf8')
      .replace(/\0.*$/s, '')
  let longName: string | undefined
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const size = parseInt(text(at + 124, 12).trim(), 8)
    const type = text(at + 156, 1)
    const data = tar.subarray(at + 512, at + 512 + size)
    const prefix = text(at + 345, 155)
    const path = longName ?? (prefix === '' ? '' : `${prefix}/`) + text(at, 100)
    longName = undefined
    if (type === 'L') longName = Buffer.from(data).toString('utf8').replace(/\0.*$/s, '')
    else if (type === 'x') longName = /\d+ path=(.*)\n/.exec(Buffer.from(data).toString('utf8'))?.[1]
    else if (type === '0' || type === '') yield { path: path.replace(/^\.\//, ''), data }
    at += 512 + Math.ceil(size / 512) * 512
  }
}
