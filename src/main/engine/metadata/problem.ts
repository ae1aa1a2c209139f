import { MetadataError, UnsupportedError, ZarrscopeError } from '@shared/errors'

/**
 * Collects why an array's data must be refused while its metadata still shows. The first reason counts; it is found
 * in the order in which the document is read.
 */
export class Problems {
  first: ZarrscopeError | undefined
  readonly #key: string

  constructor(key: string) {
    this.#key = key
  }

  add(error: ZarrscopeError): void {
    this.first ??= error instanceof MetadataError ? error.at(this.#key) : error
  }

  /** The result, or `fallback` where reading this one field failed. */
  attempt<T>(fallback: T, run: () => T): T {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof ZarrscopeError)) throw error
      this.add(error)
      return fallback
    }
  }

  unsupported(...what: ConstructorParameters<typeof UnsupportedError>): void {
    this.add(new UnsupportedError(...what))
  }
}
