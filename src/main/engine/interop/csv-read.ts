import { resolve } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { LimitError, ValueError, ZarrscopeError } from '@shared/errors'
import { concatBytes } from '@shared/dtype/concat-bytes'
import type { DataType } from '@shared/dtype/data-type'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { ioError } from '../files/io-error'
import { nodeFs } from '../files/node'

/** A table is held as a whole while it is read. */
const MAX_CSV_BYTES = 512 * 2 ** 20

/** Canonical items of a data type with their shape. */
export interface CsvItems {
  data: Uint8Array
  offsets?: Uint32Array
  shape: number[]
}

/**
 * Reads a table (RFC 4180, UTF-8) as items of a data type: a row of the array per line, one dimension where every line
 * has one cell. Records take a column per field. A first line of names is left out. Text that was guarded against
 * spreadsheets by an apostrophe loses it. Throws ValueError that names line and column, IoError, LimitError.
 */
export async function readCsv(
  path: string,
  dtype: DataTypeSpec,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<CsvItems> {
  const reading = readRows(await readText(path), dtype, path)
  for (;;) {
    const next = reading.next()
    if (next.done) return next.value
    await breathe()
    signal?.throwIfAborted()
  }
}

/** The same for text in memory; `name` is used in messages. */
export function csvItems(text: string, dtype: DataTypeSpec, name: string): CsvItems {
  const reading = readRows(text, dtype, name)
  for (;;) {
    const next = reading.next()
    if (next.done) return next.value
  }
}

/** Cells parsed in one go: some milliseconds of the calling thread. */
const PAUSE_CELLS = 2 ** 14

/** Yields now and then, so that others can have their turn; the items are what it returns. */
function* readRows(text: string, dtype: DataTypeSpec, name: string): Generator<undefined, CsvItems> {
  const lines = csvRows(text)
  const rows: string[][] = []
  for (let next = lines.next(); !next.done; next = lines.next()) {
    rows.push(next.value)
    if (rows.length >= 2) break
  }
  const fields = dtype.kind === 'struct' ? dtype.fields : undefined
  const types = fields?.map((field) => dataType(field.type))
  const type = dataType(dtype)
  const columnType = (column: number): DataType => (types ? types[column]! : type)
  const width = rows[0]?.length ?? 0
  const isHeader = fields
    ? fields.every((field, i) => rows[0]?.[i] === field.name)
    : rows.length > 1 && rows[0]!.every((cell) => !parses(cell, type)) && parses(rows[1]![0]!, type)
  const parts: Uint8Array[] = []
  let line = 0
  let paused = 0
  const take = (row: string[]): void => {
    if (row.length !== (fields?.length ?? width))
      throw new ValueError(
        `${name}, line ${line + 1}: ${row.length} cells where ${fields?.length ?? width} are expected.`,
      )
    if (line++ === 0 && isHeader) return
    row.forEach((cell, column) => {
      try {
        parts.push(parseCell(cell, columnType(column)))
      } catch (error) {
        if (!(error instanceof ValueError)) throw error
        throw new ValueError(`${name}, line ${line}, column ${column + 1}: ${error.message}`, {
          cause: error,
        })
      }
    })
  }
  rows.forEach(take)
  for (let next = lines.next(); !next.done; next = lines.next()) {
    take(next.value)
    if (parts.length - paused < PAUSE_CELLS) continue
    paused = parts.length
    yield undefined
  }
  const count = line - (isHeader ? 1 : 0)
  const shape = fields || width <= 1 ? [count] : [count, width]
  const data = concatBytes(parts)
  if (type.itemsize !== null) return { data, shape }
  const offsets = new Uint32Array(parts.length + 1)
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length))
  return { data, offsets, shape }
}

function parseCell(cell: string, type: DataType): Uint8Array {
  const { kind } = type.spec
  if (kind === 'text' || kind === 'vlen-text') return type.encode(cell.replace(/^'(?=[=+\-@\t\r])/, ''))
  if (kind === 'bytes' || kind === 'raw' || kind === 'vlen-bytes')
    return type.encode(new Uint8Array(Buffer.from(cell, 'base64')))
  return type.parse(cell.trim())
}

function parses(cell: string, type: DataType): boolean {
  try {
    parseCell(cell, type)
    return true
  } catch {
    return false
  }
}

/** The cells of every line; empty lines at the end do not count. */
function* csvRows(text: string): Generator<string[]> {
  let row: string[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at)
    row.push(cell)
    at = end
    if (text[at] === ',') {
      at++
      if (at < text.length) continue
      row.push('')
    }
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    if (row.length > 1 || row[0] !== '' || /\S/.test(text.slice(at, at + 1024))) yield row
    row = []
  }
}

function plainCell(text: string, at: number): { cell: string; end: number } {
  let end = at
  while (end < text.length && !',\r\n'.includes(text[end]!)) end++
  return { cell: text.slice(at, end), end }
}

function quotedCell(text: string, at: number): { cell: string; end: number } {
  let cell = ''
  for (let from = at + 1; ;) {
    const close = text.indexOf('"', from)
    if (close < 0) throw new ValueError('A quoted cell of the table has no end.')
    cell += text.slice(from, close)
    if (text[close + 1] !== '"') return { cell, end: close + 1 }
    cell += '"'
    from = close + 2
  }
}

async function readText(path: string): Promise<string> {
  try {
    const handle = await nodeFs.open(await nodeFs.realpath(resolve(path)), 'read')
    try {
      const { kind, size } = await handle.stat()
      if (kind !== 'file') throw new ValueError(`${path} is no file.`)
      if (size > MAX_CSV_BYTES) throw new LimitError(`The size of ${path} in bytes`, size, MAX_CSV_BYTES)
      const bytes = new Uint8Array(size)
      let done = 0
      while (done < size) {
        const read = await handle.read(bytes.subarray(done), done)
        if (read === 0) break
        done += read
      }
      return new TextDecoder().decode(bytes.subarray(0, done))
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw error instanceof ZarrscopeError ? error : ioError(path, error)
  }
}
