import type { Command } from './command'

/** Loads a command's file only when it runs: a command starts with the code it needs. */
const COMMANDS = {
  info: async () => (await import('./info')).command,
  tree: async () => (await import('./tree')).command,
  get: async () => (await import('./get')).command,
  set: async () => (await import('./set')).command,
  edit: async () => (await import('./edit')).command,
  create: async () => (await import('./create')).command,
  group: async () => (await import('./group')).command,
  resize: async () => (await import('./resize')).command,
  append: async () => (await import('./append')).command,
  attrs: async () => (await import('./attrs')).command,
  chunks: async () => (await import('./chunks')).command,
  copy: async () => (await import('./copy')).command,
  rechunk: async () => (await import('./rewrite')).rechunk,
  recompress: async () => (await import('./rewrite')).recompress,
  delete: async () => (await import('./delete')).command,
  move: async () => (await import('./move')).command,
  consolidate: async () => (await import('./consolidate')).command,
  migrate: async () => (await import('./migrate')).command,
  verify: async () => (await import('./verify')).command,
  tune: async () => (await import('./tune')).command,
  batch: async () => (await import('./batch')).command,
} satisfies Record<string, () => Promise<unknown>>

export type CommandName = keyof typeof COMMANDS

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[]

export const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name)

/** The command itself; its options are known by table only, so the static type is the general one. */
export const loadCommand = async (name: CommandName): Promise<Command> => (await COMMANDS[name]()) as Command
