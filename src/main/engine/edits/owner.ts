import { isBelow, parentOf } from '../stores/key'
import type { Store } from '../stores/store'
import { isDocumentKey } from './document-key'

/** Tells which node a key belongs to: its folder for a document, the array above for a chunk. */
export class KeyOwners {
  private readonly stores: readonly Pick<Store, 'size'>[]
  private readonly arrays: readonly string[]
  private readonly known = new Map<string, Promise<string>>()

  /** Looks for arrays in these stores, such as before and after a change; `arrays` are known ones. */
  constructor(stores: readonly Pick<Store, 'size'>[], arrays: Iterable<string> = []) {
    this.stores = stores
    this.arrays = [...arrays]
  }

  async of(key: string): Promise<string> {
    if (isDocumentKey(key)) return parentOf(key)
    const known = this.arrays.find((path) => isBelow(path, key))
    return known ?? this.above(parentOf(key))
  }

  private above(folder: string): Promise<string> {
    let found = this.known.get(folder)
    if (!found) this.known.set(folder, (found = this.find(folder)))
    return found
  }

  /** The nearest folder that holds an array; the folder itself where none does. */
  private async find(folder: string): Promise<string> {
    for (const name of ['zarr.json', '.zarray', 'meta'])
      for (const store of this.stores) if (await exists(store, folder, name)) return folder
    return folder === '' ? '' : this.above(parentOf(folder))
  }
}

const exists = (store: Pick<Store, 'size'>, folder: string, name: string): Promise<boolean> =>
  store.size(folder === '' ? name : `${folder}/${name}`).then(
    (size) => size !== undefined,
    () => false,
  )
