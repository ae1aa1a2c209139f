import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { PROJECT } from './lib/folder.js'
import { machine } from './lib/machine.js'
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
const results = { machine: machine(), options: describe(options), sections: {} }
for (const name of options.sections) {
  console.error(name)
  try {
    results.sections[name] = await SECTIONS[name]({ options, log })
  } catch (error) {
    results.sections[name] = { error: error.message }
    log(error.stack)
  }
}
results.machine.loadAfter = Number(loadavg()[0].toFixed(2))

const folder = join(PROJECT, 'bench/results')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, `${options.name}.json`), JSON.stringify(results, null, 1) + '\n')
const text = page(results, options.name)
writeFileSync(join(folder, 'README.md'), text)
console.log(text)

function describe({ sections, arrays, peers, rounds, quick }) {
  return { sections, arrays, peers, rounds, quick }
}
