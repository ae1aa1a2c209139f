import type { Fs, FsHandle } from './fs'

export interface Fault {
  /** The call that fails, counted from 1 over all operations. */
  at: number
  /** Such as "EIO". */
  code: string
  /** Every later call fails too. */
  persistent?: boolean
  /** A failing write stores half of its bytes and reports so before the next one fails. */
  shortWrite?: boolean
}

export interface FaultyFs extends Fs {
  /** Operations asked for so far, as "rename /a/b". */
  readonly calls: readonly string[]
}

/** For tests: the same files, but one call (or all from it on) fails. Closing a handle always closes it. */
export function faultyFs(fs: Fs, fault: Fault): FaultyFs {
  const calls: string[] = []
  let shortened = false

  const error = (what: string): Error =>
    Object.assign(new Error(`${fault.code}: injected, ${what}`), { code: fault.code })
  const due = (): boolean =>
    fault.persistent ? calls.length >= fault.at : calls.length === fault.at + (shortened ? 1 : 0)

  async function run<T>(what: string, operation: () => Promise<T>): Promise<T> {
    calls.push(what)
    if (due()) throw error(what)
    return operation()
  }

  async function write(handle: FsHandle, source: Uint8Array, position: number): Promise<number> {
    calls.push('write')
    if (!due()) return handle.write(source, position)
    if (!fault.shortWrite || shortened) throw error('write')
    shortened = true
    return handle.write(source.subarray(0, source.length >> 1), position)
  }

  const wrap = (handle: FsHandle): FsHandle => ({
    read: (target, position) => run('read', () => handle.read(target, position)),
    write: (source, position) => write(handle, source, position),
    sync: () => run('sync', () => handle.sync()),
    stat: () => run('fstat', () => handle.stat()),
    close: async () => {
      await handle.close()
      await run('close', () => Promise.resolve())
    },
  })

  return {
    calls,
    open: async (path, how) => wrap(await run(`open ${path}`, () => fs.open(path, how))),
    stat: (path) => run(`stat ${path}`, () => fs.stat(path)),
    lstat: (path) => run(`lstat ${path}`, () => fs.lstat(path)),
    realpath: (path) => run(`realpath ${path}`, () => fs.realpath(path)),
    readdir: (path) => run(`readdir ${path}`, () => fs.readdir(path)),
    mkdir: (path) => run(`mkdir ${path}`, () => fs.mkdir(path)),
    rename: (from, to) => run(`rename ${to}`, () => fs.rename(from, to)),
    link: (existing, added) => run(`link ${added}`, () => fs.link(existing, added)),
    unlink: (path) => run(`unlink ${path}`, () => fs.unlink(path)),
    rmdir: (path) => run(`rmdir ${path}`, () => fs.rmdir(path)),
    syncDirectory: (path) => run(`syncDirectory ${path}`, () => fs.syncDirectory(path)),
    freeSpace: (path) => run(`freeSpace ${path}`, () => fs.freeSpace(path)),
  }
}
