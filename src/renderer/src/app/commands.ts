/** Which actions can run now: parts of the window say what they do for a command while they are on screen. */
import { COMMANDS, type Command, type CommandId } from '@shared/rpc/commands'
import { create } from 'zustand'
import { useConnection } from '../rpc/connection'

interface Handler {
  run: () => void
  enabled: () => boolean
}

/** Counts changes, for menus that are open while handlers come and go. */
export const useCommandVersion = create<{ version: number }>(() => ({ version: 0 }))

const handlers = new Map<CommandId, Handler[]>()
const changed = (): void => useCommandVersion.setState((s) => ({ version: s.version + 1 }))

/** Says what a command does until the returned function is called; the last one who said so is asked. */
export function onCommand(id: CommandId, run: () => void, enabled: () => boolean = () => true): () => void {
  const handler: Handler = { run, enabled }
  handlers.set(id, [...(handlers.get(id) ?? []), handler])
  changed()
  return () => {
    handlers.set(id, handlers.get(id)?.filter((h) => h !== handler) ?? [])
    changed()
  }
}

/** Somebody on screen knows the command at all. */
export const isKnown = (id: CommandId): boolean => (handlers.get(id)?.length ?? 0) > 0

export const isEnabled = (id: CommandId): boolean => handlers.get(id)?.at(-1)?.enabled() ?? false

/** Runs a command where it is possible now; otherwise nothing happens. */
export function runCommand(id: CommandId): void {
  if (isEnabled(id)) handlers.get(id)?.at(-1)?.run()
}

const table: Record<CommandId, Command> = COMMANDS

/** The shortcut to print. Browsers keep Ctrl+W for themselves: there, the other key of "Close Tab" is the one. */
export function keysOf(id: CommandId): string | undefined {
  const { keys, alsoKeys } = table[id]
  const inBrowser = useConnection.getState().host?.kind !== 'electron'
  return inBrowser && keys === 'Mod+W' ? alsoKeys?.[0] : keys
}

/** All shortcuts of a command. */
export const allKeysOf = (id: CommandId): readonly string[] => {
  const { keys, alsoKeys = [] } = table[id]
  return keys === undefined ? alsoKeys : [keys, ...alsoKeys]
}
