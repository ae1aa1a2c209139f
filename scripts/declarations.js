/** The type declarations of the library, made usable outside this project. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

const ALIASES = { '@shared/': 'shared/', '@engine/': 'main/engine/' }
const SPECIFIER = /((?:from|import)\s*\(?\s*)(['"])([^'"]+)\2/g

/**
 * Rewrites the import specifiers of every declaration below `folder` to relative paths with endings: the aliases mean
 * nothing to users of the package, and Node's own resolution wants "./x.js".
 */
export function resolveSpecifiers(folder) {
  for (const file of declarations(folder)) {
    const text = readFileSync(file, 'utf8')
    const rewritten = text.replace(SPECIFIER, (_all, before, quote, specifier) => {
      return before + quote + resolveOne(folder, file, specifier) + quote
    })
    if (rewritten !== text) writeFileSync(file, rewritten)
  }
}

function resolveOne(folder, file, specifier) {
  const alias = Object.keys(ALIASES).find((prefix) => specifier.startsWith(prefix))
  if (!alias && !specifier.startsWith('.')) return specifier
  const target = alias
    ? join(folder, ALIASES[alias], specifier.slice(alias.length))
    : join(dirname(file), specifier.replace(/\.js$/, ''))
  if (!existsSync(`${target}.d.ts`)) throw new Error(`${file}: "${specifier}" leads to no declaration`)
  const way = relative(dirname(file), target).split(sep).join('/')
  return `${way.startsWith('.') ? way : `./${way}`}.js`
}

function declarations(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}
