import type { ItemValue } from '@shared/dtype/data-type'
import type { NodeDetail } from '@shared/model/node'
import { useCallback, useMemo } from 'react'
import { type Decoding, decodingOf, type Display } from './cell-display'
import { cellLook } from './cell-look'
import type { CellView } from './cell-view'
import { type ColorRange, painter, useColorRange } from './color-range'
import type { PendingCells } from './pending-cells'
import { cellAt, type KnownCell, type TableModel, typeOf } from './table-model'
import type { TableState } from './table-store'
import type { TileCache } from './tile-cache'

export interface Look {
  display: Display
  /** What the attributes say of stored numbers, whether it is shown or not. */
  decoding: Decoding | null
  colorRange: ColorRange | null
  cell: (row: number, column: number) => CellView
}

/** What the cells of the table look like now; `cell` is another function whenever all of them may look different. */
export function useLook(
  node: NodeDetail,
  model: TableModel,
  stamp: { cache: TileCache; version: number },
  pending: PendingCells,
  { format, decode, colors }: Pick<TableState, 'format' | 'decode' | 'colors'>,
): Look {
  const { dtype, fields } = model
  const { cache } = stamp
  const { attributesJson, zarrFormat } = node
  const fill = node.array?.fillValueJson
  const decoding = useMemo(
    () => (fields ? null : decodingOf({ attributesJson, zarrFormat }, fill, dtype)),
    [attributesJson, zarrFormat, fill, dtype, fields],
  )
  const display = useMemo(() => ({ format, decoding: decode ? decoding : null }), [format, decode, decoding])
  const isMasked = useCallback((value: ItemValue) => decoding?.isMasked(value) ?? false, [decoding])
  const colorRange = useColorRange(colors, model, stamp, isMasked)
  const paint = useMemo(() => (colorRange ? painter(colorRange) : undefined), [colorRange])
  const cell = useCallback(
    (row: number, column: number) => {
      const known = cellAt(model, cache, row, column)
      const bytes = pending.get(row, column)
      const shown = bytes && known.kind === 'ready' ? withBytes(model, known, column, bytes) : known
      return cellLook(shown, typeOf(model, column), display, paint)
    },
    [model, cache, pending, display, paint],
  )
  return { display, decoding, colorRange, cell }
}

/** A cell with a value that is on its way into the store. */
function withBytes(model: TableModel, known: KnownCell, column: number, bytes: Uint8Array): KnownCell {
  const value = typeOf(model, column).read(bytes, 0, bytes.length)
  const part = known.part && { ...known.part, state: 'edited' as const }
  return { kind: 'ready', value, bytes, part }
}
