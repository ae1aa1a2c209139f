/** A store on which scripts are run, and what is in it afterwards. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'
import { run } from '../../src/main/cli/testing/run'

/** A group with an array of 4 × 6 numbers, whose first row was never written, and attributes that are hard to copy. */
export async function makeStore(store: string, zarrFormat: 2 | 3): Promise<void> {
  const x = join(store, 'g/x')
  const attributes = '{"units": "K", "big": 9007199254740993, "list": [1, {"a": null}], "né\u{1f40d}": -0.5}'
  const layout = ['--shape=4,6', '--chunks=2,3', '--dtype=i4', `--zarr-format=${zarrFormat}`]
  await command(['create', x, ...layout, `--attrs=${attributes}`])
  await command(['set', x, '1:', 'arange'])
}

/** Runs a command that must end well; gives what it printed. */
export async function command(argv: string[]): Promise<string> {
  const { status, out, err } = await run(argv)
  expect([argv, status, err]).toEqual([argv, 0, ''])
  return out
}

/** Runs the lines as a POSIX shell understands them. */
export async function shell(text: string): Promise<void> {
  const program = `zarrscope() { for word in "$@"; do printf '%s\\0' "$word"; done; printf '\\1\\0'; }\n${text}`
  const lines = execFileSync('sh', ['-c', program], { encoding: 'utf8' }).split('\u0001\0')
  for (const line of lines.slice(0, -1)) await command(line.split('\0').slice(0, -1))
}

export const printed = async <T>(...argv: string[]): Promise<T> => JSON.parse(await command(argv)) as T

interface Node {
  path: string
  zarrFormat: number
  kind: string
}

/** Everything about a store but how its chunks are compressed. */
export async function contents(store: string): Promise<unknown[]> {
  const { nodes } = await printed<{ nodes: Node[] }>('tree', store, '--json')
  return Promise.all(
    nodes
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(async (node) => {
        const at = join(store, node.path)
        const text = await command(['attrs', at])
        // zarr-python sorts the attributes of format 2 when it writes them.
        const attributes = node.zarrFormat === 2 ? (JSON.parse(text) as unknown) : text
        if (node.kind === 'group') return [node, attributes]
        const { fillValue, order, shards, dimensionNames } = await printed<Record<string, unknown>>(
          'info',
          at,
          '--json',
        )
        const items = await command(['get', at, '...', '--json'])
        return [node, attributes, { fillValue, order, shards, dimensionNames }, items]
      }),
  )
}
