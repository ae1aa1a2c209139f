import { readScripts } from '@shared/script/cells'
import { chunksState } from '../chunks/chunks-state'
import { ScriptItems } from '../edits/script-buttons'
import { showView, useTabs } from '../state/tabs'
import { copyText } from '../ui/copy-text'
import type { CopyForm } from './copy-form'
import type { RangeRect } from './ranges'
import { regionOf, type TableModel } from './table-model'
import { TableMenu } from './table-menu'

interface Props {
  store: string
  path: string
  storePath: string
  at: { x: number; y: number } | null
  model: TableModel
  rects: readonly RangeRect[]
  /** Grid coordinates of the chunk under the focused cell; null while they are not known. */
  chunk: () => number[] | null
  frozen: string | null
  onClose: () => void
  onEdit: () => void
  onCopy: (form: CopyForm) => void
}

/** The context menu of the table. */
export function SelectionMenu({ store, path, storePath, at, model, rects, chunk, ...rest }: Props) {
  const showChunk = () => {
    const coords = chunk()
    if (!coords) return
    chunksState(store, path).getState().set({ selected: coords })
    showView(useTabs.getState().active ?? '', 'Chunks')
  }
  return (
    <TableMenu
      {...rest}
      at={at}
      onShowChunk={showChunk}
      scripts={at && <ScriptItems scripts={scriptsOf(storePath, path, model, rects)} />}
    />
  )
}

function scriptsOf(storePath: string, path: string, model: TableModel, rects: readonly RangeRect[]) {
  const rect = rects.at(-1)
  const dims = rect ? regionOf(model, rect).dims : []
  return readScripts({ path, dims }, { storePath: () => storePath })
}

/** Puts the command line or the Python that reads the selection on the clipboard. */
export function copySelectionScript(
  form: 'command' | 'python',
  storePath: string,
  path: string,
  model: TableModel,
  rects: readonly RangeRect[],
): void {
  const script = scriptsOf(storePath, path, model, rects)[form]
  if ('text' in script) void copyText(script.text)
}
