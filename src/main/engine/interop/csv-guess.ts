import { resolve } from 'node:path'
import { ZarrscopeError } from '@shared/errors'
import { parseDtypeName } from '@shared/dtype/dtype-name'
import { ioError } from '../files/io-error'
import { nodeFs } from '../files/node'
import { csvItems } from './csv-read'

/** From the narrowest that fits to the one that takes everything. */
const TYPES = ['int64', 'float64', 'datetime64[s]', 'string'] as const
const SAMPLE_BYTES = 256 * 1024

export interface CsvGuess {
  dtype: (typeof TYPES)[number]
  /** Columns of a table; 1 where every line has one cell. */
  columns: number
}

/** The data type that the first lines of a table fit into. Throws IoError, ValueError where it is no table. */
export async function guessCsvType(path: string): Promise<CsvGuess> {
  const sample = await firstLines(path)
  let failure: unknown
  for (const dtype of TYPES) {
    try {
      const { shape } = csvItems(sample, parseDtypeName(dtype).spec, path)
      return { dtype, columns: shape[1] ?? 1 }
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

async function firstLines(path: string): Promise<string> {
  try {
    const handle = await nodeFs.open(await nodeFs.realpath(resolve(path)), 'read')
    try {
      const bytes = new Uint8Array(SAMPLE_BYTES)
      let length = 0
      for (;;) {
        const read = await handle.read(bytes.subarray(length), length)
        length += read
        if (read === 0 || length === bytes.length) break
      }
      const text = new TextDecoder().decode(bytes.subarray(0, length))
      // The last line is cut off, and perhaps inside of quotes: what is left of it is no cell.
      return length < SAMPLE_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw error instanceof ZarrscopeError ? error : ioError(path, error)
  }
}
