import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ValueError } from '@shared/errors'
import { type ReactNode, useState } from 'react'
import { call } from '../rpc/connection'
import { applyEdit } from '../state/edits'
import { messageOf } from '../state/problems'
import { DialogActions } from '../ui/dialog-actions'
import { formatCount } from '../ui/format'
import { pastedBlock, withField } from './cell-edits'
import { asCopied } from './copy-cells'
import { parseBlock, type Placement, placeBlock, readBlock } from './paste-block'
import type { RangeRect } from './ranges'
import { regionOf, type TableModel, typeOf } from './table-model'
import { Tile } from './tile'
import { refuseFrozen } from './use-cell-editing'

interface Options {
  store: string
  path: string
  model: TableModel
  rects: readonly RangeRect[]
  /** What got values is selected afterwards. */
  onPasted: (rect: RangeRect) => void
}

interface Waiting {
  block: string[][]
  place: Placement
}

/** Pasting of a block: everything is checked before anything is staged; what has no place is only cut after a question. */
export function usePaste(options: Options): { paste: (text: string) => void; dialog: ReactNode } {
  const { store, path, model, rects, onPasted } = options
  const [waiting, setWaiting] = useState<Waiting | null>(null)

  const apply = async ({ block, place: { rect } }: Waiting): Promise<void> => {
    try {
      const items = parseBlock(block, rect, (column) => typeOf(model, column))
      const whole = model.fields ? await asRecords(options, rect, items) : items
      await applyEdit(store, pastedBlock(model, path, rect, whole), { label: 'Paste' })
      onPasted(rect)
    } catch (error) {
      refuse(messageOf(error))
    }
  }
  const paste = (text: string): void => {
    if (text === '' || refuseFrozen(store)) return
    const [selected] = rects
    if (!selected || rects.length > 1)
      return refuse('Several ranges are selected; choose one place to paste to.')
    try {
      const block = readBlock(asCopied(text))
      const place = placeBlock({ rows: block.length, columns: block[0]?.length ?? 0 }, selected, model)
      if (place.clipped > 0) setWaiting({ block, place })
      else void apply({ block, place })
    } catch (error) {
      if (!(error instanceof ValueError)) throw error
      refuse(error.message)
    }
  }
  const close = (): void => setWaiting(null)
  const dialog = waiting && (
    <Modal opened onClose={close} title="The block reaches beyond the array" size="sm" centered>
      {formatCount(waiting.place.clipped)} of its cells have no place and would be left out; nothing grows.
      <DialogActions cancelFocused onCancel={close}>
        <Button
          onClick={() => {
            close()
            void apply(waiting)
          }}
        >
          Paste what fits
        </Button>
      </DialogActions>
    </Modal>
  )
  return { paste, dialog }
}

/** Fields of records with the rest of each record around them. */
async function asRecords(
  { store, path, model }: Options,
  rect: RangeRect,
  items: readonly (readonly Uint8Array[])[],
): Promise<Uint8Array[][]> {
  const { dims, rowStride, columnStride } = regionOf(model, rect)
  const block = await call('array.read', { store, path, dims })
  const tile = new Tile({ ...rect, column: 0, columns: 1 }, block, model.dtype, rowStride, columnStride)
  return items.map((line, r) => {
    const record = line.reduce(
      (bytes, item, c) => withField(bytes, model.fields?.[rect.column + c]?.offset ?? 0, item),
      tile.raw(rect.row + r, 0),
    )
    return [record]
  })
}

const refuse = (why: string): void =>
  void notifications.show({ color: 'red', title: 'Nothing was pasted', message: why, autoClose: 10_000 })
