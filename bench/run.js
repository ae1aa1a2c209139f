import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from './lib/folder.js'
import { load, machine } from './lib/machine.js'
import { readOptions, USAGE } from './lib/options.js'
import { page } from './lib/page.js'
import { SECTIONS } from './sections/sections.js'

let options
try {
  options = readOptions(process.argv.slice(2))
} catch (error) {
  console.error(`${error.message}\n\n${USAGE}`)
  process.exit(2)
}
if (options.help) {
  console.log(USAGE)
  process.exit(0)
}

const log = (text) => console.error(`  ${text}`)
const folder = join(PROJECT, 'bench/results')
const file = options.name && join(folder, `${options.name}.json`)
// A run of some sections adds them to the file of its name, in place of older ones.
const before = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { sections: {} }
const results = { machine: machine(options.node), sections: before.sections }
for (const name of options.sections) {
  console.error(name)
  const loadBefore = load()
  let found
  try {
    found = await SECTIONS[name]({ options, log })
  } catch (error) {
    found = { error: error.message }
    log(error.stack)
  }
  results.sections[name] = { ...found, rounds: options.rounds, load: [loadBefore, load()] }
  save()
}

console.log(page(results, options.name))

/** After every section: a run that is cut short keeps what it has. */
function save() {
  if (!file) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, JSON.stringify(results, null, 1) + '\n')
  writeFileSync(join(folder, 'README.md'), page(results, options.name))
}
