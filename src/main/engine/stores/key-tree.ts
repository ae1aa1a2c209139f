import { joinKey } from './key'

/** Names at one level: those that are keys themselves, and those that lead to deeper ones. */
interface Level {
  keys: Set<string>
  prefixes: Set<string>
}

/** A set of keys that answers what lies below a prefix without looking at the others. */
export class KeyTree {
  private readonly levels = new Map<string, Level>()

  add(key: string): void {
    for (let [name, isKey] = [key, true]; ; isKey = false) {
      const slash = name.lastIndexOf('/')
      const prefix = slash < 0 ? '' : name.slice(0, slash)
      const level = this.levelAt(prefix)
      const names = isKey ? level.keys : level.prefixes
      if (names.has(name.slice(slash + 1))) return
      names.add(name.slice(slash + 1))
      if (slash < 0) return
      name = prefix
    }
  }

  delete(key: string): void {
    for (let [name, isKey] = [key, true]; ; isKey = false) {
      const slash = name.lastIndexOf('/')
      const prefix = slash < 0 ? '' : name.slice(0, slash)
      const level = this.levels.get(prefix)
      if (!level) return
      ;(isKey ? level.keys : level.prefixes).delete(name.slice(slash + 1))
      if (level.keys.size + level.prefixes.size > 0) return
      this.levels.delete(prefix)
      if (slash < 0) return
      name = prefix
    }
  }

  /** Whether any key lies below the prefix ("" for everything). */
  hasBelow(prefix: string): boolean {
    return this.levels.has(prefix)
  }

  /** Names directly below the prefix. */
  at(prefix: string): { keys: ReadonlySet<string>; prefixes: ReadonlySet<string> } {
    return this.levels.get(prefix) ?? NOTHING
  }

  /** Every key below the prefix, in full. */
  *below(prefix: string): Generator<string> {
    const level = this.levels.get(prefix)
    if (!level) return
    for (const name of level.keys) yield joinKey(prefix, name)
    for (const name of level.prefixes) yield* this.below(joinKey(prefix, name))
  }

  private levelAt(prefix: string): Level {
    let level = this.levels.get(prefix)
    if (!level) this.levels.set(prefix, (level = { keys: new Set(), prefixes: new Set() }))
    return level
  }
}

const NOTHING = { keys: new Set<string>(), prefixes: new Set<string>() } as const
