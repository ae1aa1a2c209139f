import { MapStore } from './map'

/** A store in memory, empty or with the given values; it ends with the process. */
export class MemoryStore extends MapStore {
  override readonly kind = 'memory'

  constructor(values?: Iterable<readonly [string, Uint8Array]>) {
    super(new Map([...(values ?? [])].map(([key, value]) => [key, new Uint8Array(value)])))
  }
}
