import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const BIN = join(import.meta.dirname, '../bin/zarrscope.js')

/** Runs the built command line, a process of its own, in a folder; answers what it printed. */
export async function zarrscope(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [BIN, ...args], { cwd: folder })
  return stdout
}

/** Items of an array, read by a fresh process. Integers beyond 2^53 need the text. */
export const readItems = async (folder: string, node: string, selection = '...'): Promise<unknown> =>
  (JSON.parse(await zarrscope(folder, 'get', node, selection, '-f', 'json')) as { data: unknown }).data

/** What a fresh process tells of a node. */
export const readInfo = async (folder: string, node: string): Promise<Record<string, unknown>> =>
  JSON.parse(await zarrscope(folder, 'info', node, '--json')) as Record<string, unknown>
