import type { CellState } from '@shared/model/block'

/** How one cell looks. `description` names the state for assistive technology when it is not simply stored. */
export interface CellView {
  text: string
  state: CellState | 'loading'
  nan?: boolean
  description?: string | undefined
  title?: string | undefined
  background?: string | undefined
}
