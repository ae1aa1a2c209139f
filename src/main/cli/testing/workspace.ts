import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { run, type RunOptions } from './run'

/** A folder of its own for each test of commands that write; `a` is the path of an array inside a store there. */
export interface Workspace {
  folder: string
  a: string
}

export function workspace(): Workspace {
  const place: Workspace = { folder: '', a: '' }
  beforeEach(() => {
    place.folder = mkdtempSync(join(tmpdir(), 'zarrscope-write-'))
    place.a = join(place.folder, 's.zarr/a')
  })
  afterEach(() => rmSync(place.folder, { recursive: true, force: true }))
  return place
}

/** Runs a command that must end well and gives what it printed. */
export async function done(argv: string[], options?: RunOptions): Promise<string> {
  const { status, out, err } = await run(argv, options)
  expect({ argv, status, err }).toEqual({ argv, status: 0, err: '' })
  return out
}

export const data = async (path: string, selection = ''): Promise<unknown> =>
  (JSON.parse(await done(['get', path, selection, '--json'])) as { data: unknown }).data

export const info = async (path: string): Promise<Record<string, unknown>> =>
  JSON.parse(await done(['info', path, '--json'])) as Record<string, unknown>

/** Runs a command that must be refused: with this status, in one line, and nothing changed on disk. */
export async function refused(
  { folder }: Workspace,
  status: number,
  message: RegExp,
  argv: string[],
  options?: RunOptions,
): Promise<void> {
  const files = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const before = files()
  const ran = await run(argv, options)
  expect({ argv, status: ran.status, out: ran.out }).toEqual({ argv, status, out: '' })
  expect(ran.err).toMatch(/^error: [^\n]+\n$/)
  expect(ran.err).toMatch(message)
  expect(files()).toEqual(before)
}

/** A small array of 32-bit integers. */
export const create = ({ a }: Workspace, ...more: string[]): Promise<string> =>
  done(['create', a, '--shape', '4,6', '--chunks', '2,3', '--dtype', 'i4', ...more])
