import { dataType } from '@shared/dtype/registry'
import { selectionShape } from '@shared/selection/describe'
import { parseSelection } from '@shared/selection/parse'
import type { Selection } from '@shared/selection/selection'
import type { ZarrArray } from '../../nodes/array'
import { splitFields } from '../../nodes/field-selection'
import { fieldType } from '../../nodes/fields'
import { readPieces } from '../../nodes/read-pieces'
import type { ResultFormat, ResultHead } from './result-format'
import type { Write } from './whole-file'

/** Items of one piece of a text. */
const PIECE_TEXTS = 128 * 1024

/** A part of an array as it was typed, and what comes out of it. */
export interface OutputRequest {
  selection: Selection
  fields: string[] | undefined
  head: ResultHead
}

/** Reads a selection with the fields of a record before it. Throws SelectionError. */
export function outputRequest(array: ZarrArray, text: string): OutputRequest {
  const { fields, rest } = splitFields(text, array.dtype)
  const selection = parseSelection(rest, array.shape, array.metadata.dimensionNames)
  const shape = selectionShape(selection)
  if (!fields)
    return {
      selection,
      fields,
      head: { shape, dtype: dataType(array.dtype), dtypeName: array.metadata.dtypeName },
    }
  const chosen = fieldType(array.dtype, fields)
  const [spec, inner] = chosen.kind === 'subarray' ? [chosen.item, chosen.shape] : [chosen, []]
  const dtype = dataType(spec)
  return { selection, fields, head: { shape: [...shape, ...inner], dtype, dtypeName: dtype.name } }
}

export interface OutputOptions {
  signal?: AbortSignal | undefined
  lane?: 'visible' | 'background'
  /** Waited for before each piece. */
  gate?: (() => Promise<void>) | undefined
}

/** Reads and writes piece by piece; yields how many items are done. */
export async function* streamItems(
  array: ZarrArray,
  { selection, fields }: OutputRequest,
  format: ResultFormat,
  write: Write,
  { signal, lane, gate }: OutputOptions = {},
): AsyncGenerator<number> {
  const options = {
    ...(signal && { signal }),
    ...(lane && { lane }),
    ...(fields && { fields }),
    ...(format.binary ? {} : { items: PIECE_TEXTS }),
  }
  await write(format.begin())
  let done = 0
  for await (const { data, offsets, items } of readPieces(array, selection, options)) {
    await gate?.()
    await write(format.items(data, offsets))
    done += items
    yield done
  }
  await write(format.end())
}
