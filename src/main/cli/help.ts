import type { OptionTable } from './arguments'
import { COMMON_OPTIONS, type Command } from './command'
import { COMMAND_NAMES, loadCommand } from './table'

/** The page of `zarrscope --help`. */
export async function overview(): Promise<string> {
  const commands = await Promise.all(COMMAND_NAMES.map(loadCommand))
  const rows: [string, string][] = [
    ['[PATH…]', 'open the window'],
    ['serve [PATH…]', 'serve the window to a browser on this machine'],
    ...commands.map((c): [string, string] => [`${c.name} ${c.usage}`.trimEnd(), c.summary]),
  ]
  return [
    'Zarrscope: look into Zarr stores.',
    '',
    ...columns(rows.map(([left, right]) => [`zarrscope ${left}`, right])),
    '',
    'zarrscope COMMAND --help tells more about a command; --version prints the version.',
    'A node is a store path plus the path inside it: data/climate.zarr/obs/temperature.',
    '',
  ].join('\n')
}

/** The page of `zarrscope COMMAND --help`. */
export function commandHelp(command: Command): string {
  return [
    `usage: zarrscope ${command.name} ${command.usage}`,
    '',
    `${command.summary}.`,
    ...(command.details ?? []),
    '',
    ...columns([...optionRows(command.options), ...optionRows(COMMON_OPTIONS)]),
    '',
  ].join('\n')
}

function optionRows(table: OptionTable): [string, string][] {
  return Object.entries(table).map(([name, spec]) => {
    const letter = spec.letter ? `-${spec.letter}, ` : ''
    return [`${letter}--${name}${spec.value ? ` ${spec.value}` : ''}`, spec.help]
  })
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(44, Math.max(...rows.map(([left]) => left.length)))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
