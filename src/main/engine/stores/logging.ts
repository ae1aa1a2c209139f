import { WrappedStore, type StoreAccess } from './wrapped'

/**
 * Records every request, so that tests can prove what was never read. `locate` counts as reading: a worker thread reads
 * what it names.
 */
export class LoggingStore extends WrappedStore {
  readonly log: StoreAccess[] = []

  /** Keys whose values were read or asked for, each once, in the order of the first request. */
  get keysRead(): string[] {
    const reads = this.log.filter(({ operation }) => operation === 'get' || operation === 'locate')
    return [...new Set(reads.map(({ key }) => key))]
  }

  /** Keys and prefixes that were written or deleted. */
  get keysWritten(): string[] {
    const writes = this.log.filter(({ operation }) => /^(set|delete|deletePrefix)$/.test(operation))
    return [...new Set(writes.map(({ key }) => key))]
  }

  clear(): void {
    this.log.length = 0
  }

  protected override meet(access: StoreAccess): void {
    this.log.push(access)
  }
}
