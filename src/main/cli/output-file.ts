import { open } from 'node:fs/promises'
import { UsageError } from '@shared/errors'
import { ioError } from '@engine/files/io-error'
import { replaceable, writeWholeFile, type Write } from '@engine/interop/output/whole-file'
import type { Io } from './io'

export interface Output {
  /** The file; stdout when absent. */
  path: string | undefined
  binary: boolean
  /** Size of the whole, where it is known before. */
  bytes?: number | undefined
}

/**
 * Runs `produce` with a writer to stdout, or to a file that appears under its name only when everything is in it; a
 * device or pipe of that name is written to as it is. Throws UsageError for binary output where only text can go,
 * IoError where the file cannot be written, at once where the disk has no room for it.
 */
export async function outputTo(
  io: Io,
  { path, binary, bytes }: Output,
  produce: (write: Write) => Promise<void>,
): Promise<void> {
  if (path === undefined) {
    if (binary && !io.binary) throw new UsageError('Binary output needs -o FILE, or a pipe.')
    return produce((data) => io.out(data))
  }
  try {
    const target = await replaceable(path)
    await (target === undefined ? intoDevice(path, produce) : writeWholeFile(target, bytes, produce))
  } catch (thrown) {
    throw ioError(path, thrown, 'it cannot be written')
  }
}

async function intoDevice(path: string, produce: (write: Write) => Promise<void>): Promise<void> {
  const file = await open(path, 'w')
  try {
    await produce((data) => file.writeFile(data))
  } finally {
    await file.close()
  }
}
