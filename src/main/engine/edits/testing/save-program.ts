// A process that stages edits and saves them, and is killed at one of its file operations: STORE STATE KILL_AT [plain].
// "plain" writes the files in place, as a control. Prints the number of operations when it survives.
import { writeSync, openSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import type { Fs } from '../../files/fs'
import { nodeFs } from '../../files/node'
import { InlineExecutor } from '../../pool/inline'
import { DirectoryStore } from '../../stores/directory'
import { OverlayStore } from '../../stores/overlay'
import { StoreEdits } from '../store-edits'

const [place = '', folder = '', killAt = '0', mode = 'save'] = process.argv.slice(2)
let calls = 0
let armed = false

/** Dies before the operation, as a process that is killed does: nothing is cleaned up. */
function step(): void {
  if (armed && ++calls === Number(killAt)) process.kill(process.pid, 'SIGKILL')
}

/** A file operation that may be the last. */
function counted<T>(work: () => Promise<T>): Promise<T> {
  step()
  return work()
}

const fs: Fs = {
  ...nodeFs,
  open: (path, how) =>
    counted(async () => {
      const handle = await nodeFs.open(path, how)
      return {
        ...handle,
        write: (bytes, at) => counted(() => handle.write(bytes, at)),
        sync: () => counted(() => handle.sync()),
        close: () => counted(() => handle.close()),
      }
    }),
  rename: (from, to) => counted(() => nodeFs.rename(from, to)),
  unlink: (path) => counted(() => nodeFs.unlink(path)),
  mkdir: (path) => counted(() => nodeFs.mkdir(path)),
  rmdir: (path) => counted(() => nodeFs.rmdir(path)),
  syncDirectory: (path) => counted(() => nodeFs.syncDirectory(path)),
}

const CHUNKS = 8
const SIZE = 4096

const base = new DirectoryStore(place, { flush: 'all' })
if (mode === 'plain') {
  armed = true
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    const file = openSync(join(place, 'a/c', String(chunk)), 'w')
    for (let at = 0; at < SIZE; at += SIZE / 4) {
      step()
      writeSync(file, new Uint8Array(SIZE / 4).fill(2))
    }
    closeSync(file)
  }
} else {
  const overlay = new OverlayStore(base, { readOnly: true })
  const edits = new StoreEdits({ overlay, executor: new InlineExecutor(), frozen: null, folder, fs })
  await edits.open()
  const dims = [{ start: 0, step: 1, count: CHUNKS * SIZE }]
  await edits.apply({ kind: 'cells', path: 'a', dims, shape: [], data: Uint8Array.of(2) })
  await edits.apply({ kind: 'attributes', path: 'a', changes: [{ op: 'set', path: ['n'], json: '2' }] })
  armed = true
  await edits.save()
  armed = false
  await edits.close()
}
process.stdout.write(String(calls))
