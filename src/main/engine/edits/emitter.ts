/** Tells listeners one after the other. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>()

  /** Calls with every value from now on, until the returned function is called. */
  on(listener: (value: T) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  emit(value: T): void {
    for (const listener of [...this.listeners]) listener(value)
  }
}
