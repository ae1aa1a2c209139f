import { randomUUID } from 'node:crypto'
import { UsageError } from '@shared/errors'

/**
 * Names for paths that this host has chosen to show a window: the window can open what a dialog, a drop, the command
 * line or the recent list produced, and nothing else.
 */
export class Tickets {
  readonly #paths = new Map<string, string>()
  readonly #tickets = { open: new Map<string, string>(), write: new Map<string, string>() }

  /** The same path keeps its ticket. With `write` the person has named the path as a place to write to. */
  issue(path: string, access: 'open' | 'write' = 'open'): string {
    const tickets = this.#tickets[access]
    const known = tickets.get(path)
    if (known !== undefined) return known
    const ticket = randomUUID()
    tickets.set(path, ticket)
    this.#paths.set(ticket, path)
    return ticket
  }

  /** Throws UsageError for tickets that were never issued. */
  resolve(ticket: string): string {
    const path = this.#paths.get(ticket)
    if (path === undefined)
      throw new UsageError('This store was not chosen through a dialog of this program; choose it again.')
    return path
  }

  /** As `resolve`; throws UsageError where the person did not name the path to be written to. */
  resolveTarget(ticket: string): string {
    const path = this.resolve(ticket)
    if (this.#tickets.write.get(path) === ticket) return path
    throw new UsageError(`${path} was not chosen as a place to write to; choose it in a save dialog.`)
  }
}
