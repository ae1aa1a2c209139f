import { selectionSize } from '@shared/selection/describe'
import type { ZarrArray } from '../nodes/array'
import { outputRequest, streamItems, type OutputOptions } from './output/array-output'
import { csvFormat } from './output/csv'
import { npyFormat, rawFormat } from './output/raw'
import type { ResultFormat, ResultHead } from './output/result-format'
import { writeWholeFile } from './output/whole-file'

export type ExportFormat = 'npy' | 'csv' | 'raw'

const FORMATS: Record<ExportFormat, (head: ResultHead) => ResultFormat> = {
  npy: npyFormat,
  csv: (head) => csvFormat(head, true),
  raw: rawFormat,
}

export interface ExportOptions extends OutputOptions {
  /** Items written so far, of all. */
  onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * Writes a selection of an array ("" for everything) to a file, which appears when it is whole. Throws SelectionError,
 * UnsupportedError for what the format cannot hold, IoError, and ChunkCorruptError for chunks that cannot be read.
 */
export async function exportArray(
  array: ZarrArray,
  selection: string,
  format: ExportFormat,
  path: string,
  { onProgress, ...options }: ExportOptions = {},
): Promise<void> {
  const request = outputRequest(array, selection)
  const result = FORMATS[format](request.head)
  const total = selectionSize(request.selection)
  await writeWholeFile(path, result.bytes, async (write) => {
    for await (const done of streamItems(array, request, result, write, options)) onProgress?.(done, total)
  })
}
