import { SelectionError } from '../errors'

/** One item of a typed selection; `at` is the index of its first character. */
export type SelectionItem = { at: number } & (
  | { kind: 'integer'; value: number }
  | { kind: 'slice'; start: number | null; stop: number | null; step: number | null }
  | { kind: 'indices'; values: number[] }
  | { kind: 'mask'; values: boolean[] }
  | { kind: 'ellipsis' }
)

/** A typed selection before it meets an array: items by position, then items by dimension name. */
export interface SelectionText {
  items: SelectionItem[]
  named: { name: string; at: number; item: SelectionItem }[]
}

/**
 * Reads NumPy's selection syntax: `0:10, ::2, -1`, `...`, `[1, 2, 5]`, `[True, False]`, `None` or `:` for a whole
 * dimension, and `time=3` by name. Brackets or parentheses around the whole are allowed; nothing means everything.
 * Throws SelectionError with the position of the first wrong character.
 */
export function parseSelectionText(text: string): SelectionText {
  const reader = new Reader(text)
  const result: SelectionText = { items: [], named: [] }
  reader.skipSpace()
  while (!reader.isDone()) {
    const at = reader.at
    const name = reader.name()
    const item = reader.item()
    if (name !== undefined) result.named.push({ name, at, item })
    else if (result.named.length === 0) result.items.push(item)
    else reader.fail(`after a named dimension the others need their names too`, at)
    reader.skipSpace()
    if (!reader.isDone()) reader.expect(',')
    reader.skipSpace()
  }
  return result
}

const INTEGER = /[+-]?\d[\d_]*/y
const WORD = /[\p{L}_][\p{L}\p{N}_.-]*/uy
const NAME = /(?:"([^"]*)"|'([^']*)'|([\p{L}_][\p{L}\p{N}_. -]*?))\s*=/uy

class Reader {
  at = 0
  readonly #text: string
  readonly #end: number

  constructor(text: string) {
    this.#text = text
    this.#end = text.length
    const wrapped = /^\s*([[(])(.*)[\])]\s*$/s.exec(text)
    if (wrapped !== null && (wrapped[1] === '(' || isWrapped(wrapped[2]!))) {
      this.at = text.indexOf(wrapped[1]!) + 1
      this.#end = this.at + wrapped[2]!.length
    }
  }

  isDone(): boolean {
    return this.at >= this.#end
  }

  get #char(): string {
    return this.isDone() ? '' : this.#text[this.at]!
  }

  fail(why: string, at = this.at): never {
    throw new SelectionError(`The selection "${this.#text}" is wrong at character ${at + 1}: ${why}.`, at)
  }

  skipSpace(): void {
    while (!this.isDone() && /\s/.test(this.#char)) this.at++
  }

  expect(char: string): void {
    if (this.#char !== char)
      this.fail(`expected "${char}", found ${this.#char === '' ? 'the end' : `"${this.#char}"`}`)
    this.at++
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.#text)
    if (match === null || this.at + match[0].length > this.#end) return undefined
    this.at += match[0].length
    return match
  }

  name(): string | undefined {
    const match = this.#match(NAME)
    this.skipSpace()
    return match === undefined ? undefined : (match[1] ?? match[2] ?? match[3])
  }

  item(): SelectionItem {
    const { at } = this
    if (this.#text.startsWith('...', at) && at + 3 <= this.#end) {
      this.at += 3
      return { kind: 'ellipsis', at }
    }
    if (this.#char === '[') return this.#list()
    const parts = [this.#bound()]
    for (this.skipSpace(); this.#char === ':' && parts.length < 3; this.skipSpace()) {
      this.at++
      parts.push(this.#bound())
    }
    const [start = null, stop = null, step = null] = parts
    if (parts.length > 1 || this.#wholeWord(at)) {
      if (step === 0) this.fail('the step cannot be 0', at)
      return { kind: 'slice', at, start, stop, step }
    }
    if (start === null)
      this.fail('expected an integer, a slice such as 0:10, a list such as [1, 2] or "..."', at)
    return { kind: 'integer', at, value: start }
  }

  /** An integer; null for nothing and for None. */
  #bound(): number | null {
    this.skipSpace()
    const { at } = this
    const match = this.#match(INTEGER)
    if (match !== undefined) return Number(match[0].replaceAll('_', ''))
    const word = this.#match(WORD)?.[0]
    if (word !== undefined && word !== 'None') this.fail(`"${word}" is no integer`, at)
    return null
  }

  /** Whether the item from `at` to here is the word None, which stands for the whole dimension. */
  #wholeWord(at: number): boolean {
    return this.#text.slice(at, this.at).trim() === 'None'
  }

  #list(): SelectionItem {
    const { at } = this
    const values: (number | boolean)[] = []
    this.expect('[')
    for (this.skipSpace(); this.#char !== ']'; this.skipSpace()) {
      if (values.length > 0) {
        this.expect(',')
        this.skipSpace()
        if (this.#char === ']') break
      }
      const start = this.at
      const word = this.#match(WORD)?.[0]
      if (word === 'True' || word === 'False') values.push(word === 'True')
      else {
        const match = word === undefined ? this.#match(INTEGER) : undefined
        if (match === undefined) this.fail('a list holds integers, or True and False only', start)
        values.push(Number(match[0].replaceAll('_', '')))
      }
    }
    this.expect(']')
    const flags = values.filter((value) => typeof value === 'boolean')
    if (flags.length === 0) return { kind: 'indices', at, values: values as number[] }
    if (flags.length < values.length) this.fail('a list holds integers, or True and False only', at)
    return { kind: 'mask', at, values: flags }
  }
}

/** Whether what brackets enclose is a selection (`[0:3, 1]`) rather than a list of indices (`[0, 3, 1]`). */
const isWrapped = (inside: string): boolean =>
  inside.replace(/\[[^\]]*\]/g, '').search(/:|\.\.\.|=/) >= 0 && !/^[^[]*\]/.test(inside)
