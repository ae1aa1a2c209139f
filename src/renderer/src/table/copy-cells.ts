import { notifications } from '@mantine/notifications'
import { create } from 'zustand'
import { call } from '../rpc/connection'
import { messageOf } from '../state/problems'
import { copyText } from '../ui/copy-text'
import { formatCount } from '../ui/format'
import type { Display } from './cell-display'
import { type CopyForm, copyForm, type CopyOptions, type Heads } from './copy-form'
import type { RangeRect } from './ranges'
import { regionOf, type TableModel } from './table-model'
import { Tile } from './tile'

/** More cells than this do not go to the clipboard; an export to a file is the way. */
const COPY_LIMIT = 1_000_000

/** How the window copies, until it is closed. */
export const useCopyOptions = create<CopyOptions>(() => ({ headers: false, guard: true }))

/** What was copied last as TSV, and the same without guards: pasted here, it comes back as it was. */
let last: { text: string; plain: string } | null = null

/** What a pasted text was before it was guarded against spreadsheets, where it was copied here. */
export const asCopied = (text: string): string =>
  last && text.replaceAll('\r\n', '\n') === last.text ? last.plain : text

interface Source {
  store: string
  path: string
  model: TableModel
  heads: Heads
  display: Display
}

/** Reads the selected cells and puts them on the clipboard; says so, or why not. */
export async function copyCells(
  { store, path, model, ...look }: Source,
  rects: readonly RangeRect[],
  form: CopyForm,
): Promise<void> {
  const [rect] = rects
  if (!rect) return
  if (rects.length > 1) return refuse('Several ranges are selected; only one can be copied at a time.')
  const cells = rect.rows * rect.columns
  if (cells > COPY_LIMIT)
    return refuse(
      `${formatCount(cells)} cells are selected; at most ${formatCount(COPY_LIMIT)} go to the clipboard. Export the array, or use “zarrscope get … -o FILE”.`,
    )
  try {
    const { dims, rowStride, columnStride } = regionOf(model, rect)
    const block = await call('array.read', { store, path, dims })
    const whole = model.fields ? { ...rect, column: 0, columns: 1 } : rect
    const tile = new Tile(whole, block, model.dtype, rowStride, columnStride)
    const failed = block.parts.find(({ state }) => state === 'error')
    if (failed) return refuse(failed.error ?? 'A chunk under the selection cannot be read.')
    const options = useCopyOptions.getState()
    const text = copyForm(model, tile, rect, form, { ...look, options })
    const isGuarded = options.guard && (form === 'tsv' || form === 'shown')
    const plain = isGuarded
      ? copyForm(model, tile, rect, form, { ...look, options: { ...options, guard: false } })
      : text
    last = { text, plain }
    if (!(await copyText(text))) return refuse('the clipboard is not open to this page.')
    const guarded = plain === text ? '' : ' Texts that look like formulas are guarded by an apostrophe.'
    notifications.show({
      message: `Copied ${cells === 1 ? '1 cell' : `${formatCount(cells)} cells`}.${guarded}`,
      autoClose: guarded === '' ? 2000 : 6000,
    })
  } catch (error) {
    refuse(messageOf(error))
  }
}

const refuse = (why: string): void =>
  void notifications.show({ color: 'red', title: 'Nothing was copied', message: why, autoClose: 8000 })
