import type { DataTypeSpec } from '@shared/dtype/spec'
import type { BlockPart } from '@shared/model/block'
import type { DimSlice } from '@shared/selection/selection'
import { create } from 'zustand'

/**
 * What the person points at inside an array. The Data view publishes it, the Inspector shows it.
 * All indices are those of the array, never of the slice on screen.
 */
export interface CellSelection {
  store: string
  path: string
  /** The focused cell, one index per dimension; null where nothing is focused. */
  cell: number[] | null
  /** The field of a record that the focused column stands for; null for whole items. */
  field: string | null
  /** Selected regions, each a basic selection of the array; the last one is the active one. */
  ranges: DimSlice[][]
  /** The part of the loaded block that holds the focused cell: its chunk, key and state; null while it loads. */
  part: BlockPart | null
  /** The focused cell as its data type prints it, and its canonical bytes in hexadecimal; null while it loads. */
  value: string | null
  raw: string | null
  bytes: Uint8Array | null
  /** Data type of the focused cell. */
  dtype: DataTypeSpec
}

export const useSelection = create<{ selection: CellSelection | null }>(() => ({ selection: null }))

export const publishSelection = (selection: CellSelection | null): void =>
  useSelection.setState({ selection })
