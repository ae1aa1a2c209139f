import type { FolderSink } from './folder-sink'

/** Children that are told apart. */
const MAX_CHILDREN = 20_000

/** Bytes below each child of a group. Listings give neighbours together, so the last child is tried first. */
export class ChildBytes {
  private readonly bytes = new Map<string, number>()
  private last = { prefix: '\0', name: '', bytes: 0 }

  /** A file below the group, by its name relative to it; the group's own files belong to no child. */
  add(file: string, size: number): void {
    if (!file.startsWith(this.last.prefix)) {
      const slash = file.indexOf('/')
      if (slash < 0) return
      this.change(file.slice(0, slash))
    }
    this.last.bytes += size
  }

  /** A sink that counts what it takes with the child that `below` lies in. */
  counting(below: string, sink: FolderSink): FolderSink {
    const name = `${below}/`
    return {
      chunk: (coords, size, modified) => {
        this.add(name, size)
        sink.chunk(coords, size, modified)
      },
      other: (size) => {
        this.add(name, size)
        sink.other(size)
      },
    }
  }

  list(): [string, number][] {
    this.change('')
    return [...this.bytes].slice(0, MAX_CHILDREN)
  }

  private change(name: string): void {
    const { name: before, bytes } = this.last
    if (bytes > 0) this.bytes.set(before, (this.bytes.get(before) ?? 0) + bytes)
    this.last = { prefix: name === '' ? '\0' : `${name}/`, name, bytes: 0 }
  }
}
