import { IoError } from '@shared/errors'
import type { ListableStore, Located } from './store'
import { WrappedStore, type StoreAccess } from './wrapped'

/** For tests: fails the requests that `fails` picks, with the system code that it gives. */
export class FaultyStore extends WrappedStore {
  private readonly fails: (access: StoreAccess) => string | undefined

  constructor(inner: ListableStore, fails: (access: StoreAccess) => string | undefined) {
    super(inner)
    this.fails = fails
  }

  /** Never: a worker thread would read past the faults. */
  override locate(key: string): Located | undefined {
    super.locate(key)
    return undefined
  }

  protected override meet(access: StoreAccess): void {
    const code = this.fails(access)
    if (code !== undefined)
      throw new IoError(access.key, code, `injected: ${access.operation} fails with ${code}.`)
  }
}
