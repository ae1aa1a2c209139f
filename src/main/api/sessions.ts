import { UsageError } from '@shared/errors'
import type { StoreEdits } from '@engine/edits/store-edits'
import type { Session } from '@engine/session/session'

/** Most stores one window keeps open at a time. */
const MAX_SESSIONS = 64

interface Entry {
  session: Session
  /** What the host opened, for `noteClosed`. */
  path: string
  /** What opens it again. */
  ticket: string | undefined
}

/** The stores that a window has opened, by the ids it was given. */
export class Sessions {
  readonly #open = new Map<string, Entry>()

  add(session: Session, path: string, ticket?: string): void {
    if (this.#open.size >= MAX_SESSIONS)
      throw new UsageError(`${MAX_SESSIONS} stores are open; close one first.`)
    this.#open.set(session.id, { session, path, ticket })
  }

  /** Throws UsageError for an id that was never handed out or is closed. */
  get(id: string): Session {
    const entry = this.#open.get(id)
    if (!entry) throw new UsageError('This store is not open any more; open it again.')
    return entry.session
  }

  /** The id of the store that lies at a path on disk; undefined where this window has none open. */
  idOf(storePath: string): string | undefined {
    for (const [id, { session }] of this.#open) if (session.storePath === storePath) return id
    return undefined
  }

  /** What opens a store again; undefined where only the host knows. */
  ticketOf(id: string): string | undefined {
    return this.#open.get(id)?.ticket
  }

  /** The staged edits of a store. Throws UsageError as `get` does. */
  edits(id: string): StoreEdits {
    const { edits } = this.get(id)
    if (!edits) throw new UsageError('This store was opened for reading only.')
    return edits
  }

  /** Closes a store and tells which path it had; undefined where it is closed already. */
  async close(id: string): Promise<string | undefined> {
    const entry = this.#open.get(id)
    this.#open.delete(id)
    await entry?.session.close()
    return entry?.path
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.close(id)))
  }
}
