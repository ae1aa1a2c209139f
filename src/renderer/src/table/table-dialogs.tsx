import type { ArrayDetail } from '@shared/model/node'
import { formatSelection } from '@shared/selection/describe'
import { fieldsUnder, regionsOf } from './cell-edits'
import { FillDialog } from './fill-dialog'
import { GoTo } from './go-to'
import type { RangeRect } from './ranges'
import { type TableModel, typeOf } from './table-model'
import { stageAll } from './use-region-edits'

interface Props {
  kind: 'goTo' | 'fill'
  store: string
  path: string
  array: ArrayDetail
  model: TableModel
  rects: readonly RangeRect[]
  onGo: (indices: readonly number[]) => void
  onClose: () => void
}

/** The dialogs of the table that ask something about the selected cells. */
export function TableDialogs({ kind, store, path, array, model, rects, onGo, onClose }: Props) {
  if (kind === 'goTo')
    return (
      <GoTo
        array={array}
        onGo={(indices) => {
          onClose()
          onGo(indices)
        }}
        onClose={onClose}
      />
    )
  const rect = rects.at(-1)
  const dims = regionsOf(model, rects).at(-1)
  if (!rect || !dims) return null
  const fields = fieldsUnder(model, rect)
  const field = fields?.[0]
  const region = `/${path}[${formatSelection({ kind: 'basic', dims }, array.shape)}]`
  return (
    <FillDialog
      store={store}
      path={path}
      dims={dims}
      region={field === undefined ? region : `${field} of ${region}`}
      dtype={(field === undefined ? model.dtype : typeOf(model, rect.column)).spec}
      field={field}
      dimensionNames={array.dimensionNames}
      onFill={(edit) => {
        onClose()
        void stageAll(store, [edit], 'Fill')
      }}
      onClose={onClose}
    />
  )
}
