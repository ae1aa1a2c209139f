import { create, type StateCreator, type StoreApi, type UseBoundStore } from 'zustand'

const forgetters: ((store: string) => void)[] = []

/** A tiny store per node, made when its view is first shown: views remember their place while the store is open. */
export function perNode<T>(
  make: StateCreator<T>,
): (store: string, path: string) => UseBoundStore<StoreApi<T>> {
  const known = new Map<string, UseBoundStore<StoreApi<T>>>()
  forgetters.push((store) => {
    for (const key of known.keys()) if (key.startsWith(`${store}:`)) known.delete(key)
  })
  return (store, path) => {
    const key = `${store}:${path}`
    const state = known.get(key) ?? create<T>(make)
    known.set(key, state)
    return state
  }
}

/** Drops what views remember of a store that was closed. */
export const forgetNodeStates = (store: string): void => forgetters.forEach((forget) => forget(store))
