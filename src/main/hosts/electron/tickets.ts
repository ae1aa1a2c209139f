import { randomUUID } from 'node:crypto'
import { UsageError } from '@shared/errors'

/**
 * Names for paths that this host has chosen to show a window: the window can open what a dialog, a drop, the command
 * line or the recent list produced, and nothing else.
 */
export class Tickets {
  readonly #paths = new Map<string, string>()
  readonly #tickets = new Map<string, string>()

  /** The same path keeps its ticket. */
  issue(path: string): string {
    const known = this.#tickets.get(path)
    if (known !== undefined) return known
    const ticket = randomUUID()
    this.#tickets.set(path, ticket)
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
}
