/** Where to look for a Python with foreign readers and writers of Zarr. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const PROJECT = join(import.meta.dirname, '..')

/**
 * Every Python worth asking: those of ZARRSCOPE_PYTHON (a list like PATH), the one of a tree of newer peers where that
 * has been made, the one on PATH, the system's.
 * @returns {{ command: string, args: string[] }[]}
 */
export function pythons() {
  const tool = peersTool()
  return [
    ...(process.env['ZARRSCOPE_PYTHON'] ?? '')
      .split(delimiter)
      .filter(Boolean)
      .map((command) => ({ command, args: [] })),
    ...(tool ? [{ command: tool, args: ['python'] }] : []),
    { command: 'python3', args: [] },
    { command: '/usr/bin/python3', args: [] },
  ]
}

/** Whether any of them can import a module. */
export const canImport = (module) =>
  pythons().some(({ command, args }) => {
    const words = [...args, '-c', `import ${module}`]
    return spawnSync(command, words, { cwd: PROJECT, stdio: 'ignore' }).status === 0
  })

/** A tool that runs programs in a tree of newer peers; used where it is there and its tree has been made. */
function peersTool() {
  const command = resolve(PROJECT, '../shared/tools/peers')
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const tree = process.env['PEERS_DIR'] ?? join(cache, 'zarr-peers')
  return existsSync(command) && existsSync(join(tree, '.ready')) ? command : undefined
}
