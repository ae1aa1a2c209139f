import { UsageError } from '@shared/errors'

/** An option of a command. `repeat` options may be given several times; `boolean` ones take no value. */
export interface OptionSpec {
  kind: 'boolean' | 'text' | 'repeat'
  /** One letter, used with a single dash. */
  letter?: string
  /** Name of the value in the help, such as "N". */
  value?: string
  help: string
}
export type OptionTable = Readonly<Record<string, OptionSpec>>

type OptionValue<S extends OptionSpec> = S['kind'] extends 'boolean'
  ? boolean
  : S['kind'] extends 'repeat'
    ? string[]
    : string | undefined
export type Options<T extends OptionTable> = { [K in keyof T]: OptionValue<T[K]> }

export interface ParsedArguments<T extends OptionTable> {
  positional: string[]
  options: Options<T>
}

/** `-`, and `-` followed by a digit or a colon, are values (a selection such as `-5` or `-3:`), never options. */
export const isOption = (argument: string): boolean => /^-[^\d:]/.test(argument)

/**
 * Splits arguments into positional values and options. `--name value` and `--name=value` are equal; `--` ends the
 * options. Throws UsageError for unknown options, missing values and values given to boolean options.
 */
export function parseArguments<T extends OptionTable>(argv: readonly string[], table: T): ParsedArguments<T> {
  const positional: string[] = []
  const found = new Map<string, boolean | string | string[]>()
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]!
    if (argument === '--') {
      positional.push(...argv.slice(i + 1))
      break
    }
    if (!isOption(argument)) {
      positional.push(argument)
      continue
    }
    const { name, spec, attached } = lookUp(argument, table)
    if (spec.kind === 'boolean') {
      if (attached !== undefined) throw new UsageError(`The option --${name} takes no value.`)
      found.set(name, true)
      continue
    }
    const value = attached ?? argv[++i]
    if (value === undefined) throw new UsageError(`The option --${name} needs a value.`)
    if (spec.kind === 'text') found.set(name, value)
    else found.set(name, [...((found.get(name) as string[] | undefined) ?? []), value])
  }
  const options = Object.fromEntries(
    Object.entries(table).map(([name, spec]) => [name, found.get(name) ?? absent(spec)]),
  )
  return { positional, options: options as Options<T> }
}

function lookUp(argument: string, table: OptionTable): { name: string; spec: OptionSpec; attached?: string } {
  if (argument.startsWith('--')) {
    const equals = argument.indexOf('=')
    const name = argument.slice(2, equals < 0 ? undefined : equals)
    const spec = Object.hasOwn(table, name) ? table[name] : undefined
    if (spec) return equals < 0 ? { name, spec } : { name, spec, attached: argument.slice(equals + 1) }
  } else {
    const entry = Object.entries(table).find(([, spec]) => spec.letter === argument[1])
    if (entry) {
      const attached = argument.length > 2 ? argument.slice(2).replace(/^=/, '') : undefined
      return { name: entry[0], spec: entry[1], ...(attached === undefined ? {} : { attached }) }
    }
  }
  const hint = argument.startsWith('--') ? '' : ' What is a value all the same goes behind "--".'
  throw new UsageError(`Unknown option ${argument}.${hint}`)
}

function absent(spec: OptionSpec): boolean | string[] | undefined {
  if (spec.kind === 'boolean') return false
  return spec.kind === 'repeat' ? [] : undefined
}

/** A whole number ≥ `min` given to an option; throws UsageError that names the option. */
export function wholeNumber(text: string, option: string, min = 0): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN
  if (!(value >= min))
    throw new UsageError(`--${option} needs a whole number of at least ${min}, not "${text}".`)
  return value
}

export type Sync = 'none' | 'thread' | 'process'

/** The value of `--sync`; throws UsageError. */
export function syncOption(text: string | undefined): Sync {
  if (text === undefined) return 'none'
  if (text === 'none' || text === 'thread' || text === 'process') return text
  throw new UsageError(`--sync is none, thread or process, not "${text}".`)
}
