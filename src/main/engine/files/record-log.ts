import { crc32 } from 'node:zlib'
import { IoError } from '@shared/errors'
import { writeFully } from './atomic-replace'
import { MAX_VALUE } from './byte-range'
import type { Fs, FsHandle } from './fs'
import { ioError, isAbsent } from './io-error'

/**
 * Kind, length, checksum of the payload, and a checksum of these that begins with that of the header before: a record
 * counts only behind the one it was written behind. 32 bits each.
 */
const HEADER = 16
/** What is read at a time to check a payload. */
const PIECE = 2 ** 20

/** Where the payload of a record lies in its file. */
export interface RecordPlace {
  offset: number
  length: number
  crc32: number
}

/** A record as it is found; `bytes` are its payload where the reader asked for them. */
export interface FoundRecord extends RecordPlace {
  kind: number
  bytes?: Uint8Array
}

/**
 * A file of records that only grows. A record counts once all of it is there with its checksums: what a crash cut off at
 * the end is no record.
 */
export class RecordLog {
  readonly path: string
  private readonly handle: FsHandle
  private end: number
  private chain: number

  private constructor(path: string, handle: FsHandle, end: number, chain: number) {
    this.path = path
    this.handle = handle
    this.end = end
    this.chain = chain
  }

  /** A new file. Throws IoError. */
  static async create(fs: Fs, path: string): Promise<RecordLog> {
    try {
      return new RecordLog(path, await fs.open(path, 'create'), 0, 0)
    } catch (thrown) {
      throw ioError(path, thrown, 'it could not be made')
    }
  }

  /**
   * An existing file to go on with; hands over its records, with the payload of those kinds that `wants` names. A torn end
   * is overwritten by what comes next. Undefined where there is no file. Throws IoError.
   */
  static async open(
    fs: Fs,
    path: string,
    wants: (kind: number) => boolean,
    take: (record: FoundRecord) => void,
    how: 'read' | 'update' = 'update',
  ): Promise<RecordLog | undefined> {
    let handle: FsHandle
    try {
      handle = await fs.open(path, how)
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined
      throw ioError(path, thrown)
    }
    try {
      let [end, chain] = [0, 0]
      const { size } = await handle.stat()
      for (;;) {
        const found = await readRecord(handle, { end, chain, size }, wants)
        if (!found) return new RecordLog(path, handle, end, chain)
        take(found.record)
        end = found.record.offset + found.record.length
        chain = found.chain
      }
    } catch (thrown) {
      await handle.close().catch(() => undefined)
      throw ioError(path, thrown)
    }
  }

  /** Bytes of all records. */
  get size(): number {
    return this.end
  }

  /** Adds a record; it counts when this resolves. A failure leaves the file as it was, to try again. Throws IoError. */
  async append(kind: number, payload: Uint8Array): Promise<RecordPlace> {
    const sum = crc32(payload)
    const header = headerOf([kind, payload.length, sum], this.chain)
    const offset = this.end + HEADER
    try {
      if (payload.length <= PIECE)
        await writeFully(this.handle, Buffer.concat([header, payload]), this.end, this.path)
      else {
        await writeFully(this.handle, payload, offset, this.path)
        await writeFully(this.handle, header, this.end, this.path)
      }
    } catch (thrown) {
      throw ioError(this.path, thrown, 'it could not be written')
    }
    this.end = offset + payload.length
    this.chain = new DataView(header.buffer).getUint32(HEADER - 4, true)
    return { offset, length: payload.length, crc32: sum }
  }

  /** The payload of a record, or a part of it. Throws IoError. */
  async read({ offset, length }: Pick<RecordPlace, 'offset' | 'length'>): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    try {
      if (await fill(this.handle, bytes, offset)) return bytes
    } catch (thrown) {
      throw ioError(this.path, thrown)
    }
    throw new IoError(this.path, 'ENODATA', 'it became shorter while it was being read.')
  }

  /** Flushes what was added to the disk. Throws IoError. */
  async sync(): Promise<void> {
    try {
      await this.handle.sync()
    } catch (thrown) {
      throw ioError(this.path, thrown, 'it could not be flushed')
    }
  }

  async close(): Promise<void> {
    await this.handle.close()
  }
}

async function readRecord(
  handle: FsHandle,
  { end, chain, size }: { end: number; chain: number; size: number },
  wants: (kind: number) => boolean,
): Promise<{ record: FoundRecord; chain: number } | undefined> {
  const offset = end + HEADER
  const header = new Uint8Array(HEADER)
  if (offset > size || !(await fill(handle, header, end))) return undefined
  const view = new DataView(header.buffer)
  const [kind, length, sum, own] = [0, 4, 8, 12].map((at) => view.getUint32(at, true)) as Words
  const isWhole = own === crc32(header.subarray(0, HEADER - 4), chain)
  if (!isWhole || length > MAX_VALUE || offset + length > size) return undefined
  const bytes = wants(kind) ? new Uint8Array(length) : undefined
  let found = 0
  for (let at = 0; at < length; at += PIECE) {
    const piece = bytes?.subarray(at, at + PIECE) ?? new Uint8Array(Math.min(PIECE, length - at))
    if (!(await fill(handle, piece, offset + at))) return undefined
    found = crc32(piece, found)
  }
  const record = { kind, offset, length, crc32: sum, ...(bytes && { bytes }) }
  return found === sum ? { record, chain: own } : undefined
}

type Words = [kind: number, length: number, sum: number, own: number]

function headerOf(words: number[], chain: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(HEADER)
  const view = new DataView(header.buffer)
  words.forEach((word, i) => view.setUint32(4 * i, word, true))
  view.setUint32(HEADER - 4, crc32(header.subarray(0, HEADER - 4), chain), true)
  return header
}

/** Fills all of `target`; false where the file ends before. */
async function fill(handle: FsHandle, target: Uint8Array, position: number): Promise<boolean> {
  for (let done = 0; done < target.length;) {
    const read = await handle.read(target.subarray(done), position + done)
    if (read === 0) return false
    done += read
  }
  return true
}
