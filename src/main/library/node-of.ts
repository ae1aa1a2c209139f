import type { ZarrArray as EngineArray } from '@engine/nodes/array'
import type { Store } from '@engine/stores/store'

/** An array of this library, as a value to write. */
export interface ArrayHandle {
  readonly shape: number[]
  readonly dtype: string
  readonly store: Store
  readonly path: string
}

const nodes = new WeakMap<object, () => EngineArray>()

/** Lets other parts of the library find the engine's array behind a public one. */
export function registerNode(array: ArrayHandle, node: () => EngineArray): void {
  nodes.set(array, node)
}

/** The engine's array behind a public one; undefined for anything else. */
export const nodeOf = (value: unknown): EngineArray | undefined =>
  typeof value === 'object' && value !== null ? nodes.get(value)?.() : undefined
