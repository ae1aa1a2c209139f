import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { IoError, UsageError } from '@shared/errors'
import type { Io } from './io'

export type Write = (data: string | Uint8Array) => Promise<void>

/**
 * Runs `produce` with a writer to stdout, or to a file that appears under its name only when everything is in it.
 * Throws UsageError for binary output where only text can go, IoError where the file cannot be written.
 */
export async function outputTo(
  io: Io,
  path: string | undefined,
  binary: boolean,
  produce: (write: Write) => Promise<void>,
): Promise<void> {
  if (path !== undefined) return toFile(path, produce)
  if (binary && !io.binary) throw new UsageError('Binary output needs -o FILE, or a pipe.')
  return produce((data) => io.out(data))
}

async function toFile(path: string, produce: (write: Write) => Promise<void>): Promise<void> {
  const partial = join(dirname(path), `.${randomUUID()}.zarrscope.partial`)
  try {
    const file = await open(partial, 'wx')
    try {
      await produce(async (data) => {
        const bytes = typeof data === 'string' ? Buffer.from(data) : data
        for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten
      })
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) throw error
    throw new IoError(path, code, `it cannot be written (${code}).`, { cause: error })
  }
}
