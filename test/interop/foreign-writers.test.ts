import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../../src/main/cli/testing/run'
import { findOracle, type OracleName } from './oracle'

/** An array that a foreign program wrote, and the bytes of its items. */
interface Written {
  path: string
  shape: number[]
  bytes: string
}

const NAMES: OracleName[] = ['zarr-python 3', 'zarr-python 2', 'GDAL']
const oracles = await Promise.all(NAMES.map(async (name) => ({ name, ...(await findOracle(name)) })))
const folder = mkdtempSync(join(tmpdir(), 'zarrscope-foreign-'))
afterAll(async () => {
  for (const { oracle } of oracles) await oracle?.close()
  rmSync(folder, { recursive: true, force: true })
})

const CODE = 'import foreign_writers\nanswer = foreign_writers.WRITERS[name](folder)'

for (const { name, oracle, absent } of oracles)
  describe.skipIf(oracle === undefined)(oracle?.version ?? `${name} (skipped: ${absent})`, () => {
    test('what it writes with its own defaults is read bit for bit', { timeout: 60_000 }, async () => {
      const written = await oracle!.ask<Written[]>(CODE, { name, folder })
      const different: string[] = []
      for (const { path, shape, bytes } of written) {
        const { status, bytes: found, err } = await run(['get', path, '...', '-f', 'raw'])
        const info = await run(['info', path, '--json'])
        const isSame = status === 0 && found.equals(Buffer.from(bytes, 'base64'))
        const isShaped =
          JSON.stringify((JSON.parse(info.out) as { shape: number[] }).shape) === JSON.stringify(shape)
        if (!isSame || !isShaped) different.push(`${path}: ${err || found.toString('hex')}`)
      }
      expect(different).toEqual([])
      expect(written.length).toBeGreaterThan(15)
    })
  })
