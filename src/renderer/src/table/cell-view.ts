import type { CellState } from '@shared/model/block'

/** How one cell looks. `description` names the state for assistive technology when it is not simply stored. */
export interface CellView {
  text: string
  state: CellState | 'loading'
  nan?: boolean
  /** Stands for "no value" by the attributes of the array. */
  masked?: boolean
  description?: string | undefined
  title?: string | undefined
  background?: string | undefined
  color?: string | undefined
}

/** The head of a row or column: an index of the array, and what stands there by a coordinate. */
export interface HeaderView {
  index: string
  label?: string | undefined
}
