import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nodeFs } from '../files/node'
import { isOwnName } from '../files/own-names'
import { archivePartial, removeArchivePartials } from './archive-partials'

let folder: string
let archive: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-partials-'))
  archive = join(folder, 'a.zip')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A name of this process's making, as another process would have made it. */
const by = (pid: number, path = archive): string =>
  archivePartial(path).replace(`-${process.pid}-`, `-${pid}-`)

const put = (path: string): string => {
  writeFileSync(path, 'unfinished')
  return basename(path)
}

test('what a process that has ended left of an archive goes; everything else stays', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  const dead = child.pid!
  put(by(dead))
  put(archivePartial(archive).replace(/^(.*\/\.\w+-\w+)-\w+/, '$1-000000000000'))
  const kept = [
    put(archivePartial(archive)),
    put(by(dead, join(folder, 'b.zip'))),
    put(by(dead).replace(/^(.*\/\.\w+)-\w+/, '$1-000000000000')),
    put(join(folder, '.6a0c7dcd-8d05-4f0a-9a7e-1d9a2c9e4d3b.zarrscope.partial')),
    put(archive),
  ]
  expect(kept.filter(isOwnName)).toHaveLength(4)
  await removeArchivePartials(nodeFs, archive)
  expect(readdirSync(folder).sort()).toEqual(kept.sort())
})

test('a folder that cannot be listed is no fault', async () => {
  await removeArchivePartials(nodeFs, join(folder, 'missing/a.zip'))
})
