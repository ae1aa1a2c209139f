import { ExpressionError } from '../errors'
import { type Token, tokens } from './tokens'

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!='
export type Operator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '&' | '|' | '^'

/** An expression as it was typed; `at` is where a message about it points. */
export type Node = { at: number } & (
  | { kind: 'number'; text: string; form: 'integer' | 'float' | 'imaginary' }
  | { kind: 'text'; text: string }
  | { kind: 'name'; name: string }
  | { kind: 'unary'; op: '-' | '+' | '~' | 'not'; of: Node }
  | { kind: 'binary'; op: Operator; left: Node; right: Node }
  | { kind: 'logic'; op: 'and' | 'or'; left: Node; right: Node }
  /** `first ops[0] rest[0] ops[1] rest[1] …`, as Python chains comparisons. */
  | { kind: 'compare'; first: Node; ops: Comparison[]; rest: Node[] }
  | { kind: 'in'; of: Node; items: Node[]; not: boolean }
  | { kind: 'call'; name: string; args: Node[] }
  /** `x.name`, `x["name"]`, `x[2]`. */
  | { kind: 'part'; of: Node; part: string | number }
)

/** How tightly two-sided operators bind, as in Python; comparisons and words are handled by name. */
const BINDING: Record<Operator, number> = {
  '|': 1,
  '^': 2,
  '&': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '//': 5,
  '%': 5,
  '**': 7,
}
const UNARY = 6
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!='])
const MAX_DEPTH = 100

/** Reads an expression in Python's syntax. Throws ExpressionError with the position of the first wrong character. */
export function parseSyntax(text: string): Node {
  const reader = new Reader(tokens(text))
  const node = reader.or()
  reader.end()
  return node
}

class Reader {
  readonly #tokens: Token[]
  #next = 0
  #depth = 0

  constructor(all: Token[]) {
    this.#tokens = all
  }

  or(): Node {
    let left = this.#and()
    for (let at = this.#at; this.#take('or', '||'); at = this.#at)
      left = { kind: 'logic', op: 'or', left, right: this.#and(), at }
    return left
  }

  end(): void {
    if (this.#token.kind === 'end') return
    if (this.#is('=')) throw new ExpressionError('Write "==" to compare.', this.#at)
    throw new ExpressionError(`${shown(this.#token)} is not expected here.`, this.#at)
  }

  get #token(): Token {
    return this.#tokens[this.#next]!
  }

  get #at(): number {
    return this.#token.at
  }

  #is(...texts: string[]): boolean {
    const token = this.#token
    return (token.kind === 'sign' || token.kind === 'name') && texts.includes(token.text)
  }

  #take(...texts: string[]): boolean {
    const is = this.#is(...texts)
    if (is) this.#next++
    return is
  }

  #expect(sign: string): void {
    if (this.#take(sign)) return
    throw new ExpressionError(`Expected "${sign}", found ${shown(this.#token)}.`, this.#at)
  }

  #and(): Node {
    let left = this.#not()
    for (let at = this.#at; this.#take('and', '&&'); at = this.#at)
      left = { kind: 'logic', op: 'and', left, right: this.#not(), at }
    return left
  }

  #not(): Node {
    const at = this.#at
    if (this.#take('not', '!')) return this.#deeper(() => ({ kind: 'unary', op: 'not', of: this.#not(), at }))
    return this.#comparison()
  }

  #comparison(): Node {
    const first = this.#sum(0)
    const { at } = this.#token
    const not = this.#is('not')
    if (not || this.#is('in')) {
      this.#next++
      if (not) this.#expect('in')
      return { kind: 'in', of: first, items: this.#items(), not, at }
    }
    const ops: Comparison[] = []
    const rest: Node[] = []
    for (let token = this.#token; token.kind === 'sign' && COMPARISONS.has(token.text); token = this.#token) {
      this.#next++
      ops.push(token.text as Comparison)
      rest.push(this.#sum(0))
    }
    return ops.length === 0 ? first : { kind: 'compare', first, ops, rest, at }
  }

  #items(): Node[] {
    const close = this.#is('[') ? ']' : ')'
    if (close === ')') this.#expect('(')
    else this.#next++
    return this.#list(close)
  }

  #list(close: string): Node[] {
    const items: Node[] = []
    while (!this.#take(close)) {
      items.push(this.#deeper(() => this.or()))
      if (!this.#is(close)) this.#expect(',')
    }
    return items
  }

  /** Operators that bind at least as tightly as `least`, by precedence climbing. */
  #sum(least: number): Node {
    let left = this.#unary()
    for (;;) {
      const token = this.#token
      const binding =
        token.kind === 'sign' ? (BINDING as Partial<Record<string, number>>)[token.text] : undefined
      if (token.kind !== 'sign' || binding === undefined || binding < least) return left
      this.#next++
      // Powers group from the right, everything else from the left.
      const right = this.#deeper(() => this.#sum(token.text === '**' ? UNARY : binding + 1))
      left = { kind: 'binary', op: token.text as Operator, left, right, at: token.at }
    }
  }

  #unary(): Node {
    const { at } = this.#token
    for (const op of ['-', '+', '~'] as const)
      if (this.#take(op)) return { kind: 'unary', op, of: this.#deeper(() => this.#sum(UNARY)), at }
    return this.#parts()
  }

  #parts(): Node {
    let of = this.#atom()
    for (let at = this.#at; ; at = this.#at) {
      if (this.#take('.')) {
        const token = this.#token
        if (token.kind !== 'name') throw new ExpressionError('Expected the name of a field.', token.at)
        this.#next++
        of = { kind: 'part', of, part: token.text, at }
      } else if (this.#take('[')) {
        const token = this.#token
        const isPart = token.kind === 'text' || (token.kind === 'number' && token.form === 'integer')
        if (!isPart) throw new ExpressionError('Expected a field name in quotes, or a number.', token.at)
        this.#next++
        this.#expect(']')
        of = { kind: 'part', of, part: token.kind === 'text' ? token.text : Number(token.text), at }
      } else return of
    }
  }

  #atom(): Node {
    const token = this.#token
    const { at } = token
    switch (token.kind) {
      case 'number':
        this.#next++
        return { kind: 'number', text: token.text, form: token.form, at }
      case 'text':
        this.#next++
        return { kind: 'text', text: token.text, at }
      case 'name':
        if (['and', 'or', 'not', 'in'].includes(token.text)) break
        this.#next++
        return this.#take('(')
          ? { kind: 'call', name: token.text, args: this.#list(')'), at }
          : { kind: 'name', name: token.text, at }
      case 'sign':
        if (!this.#take('(')) break
        return this.#deeper(() => {
          const inside = this.or()
          this.#expect(')')
          return inside
        })
      case 'end':
        throw new ExpressionError('The expression is not complete.', at)
    }
    throw new ExpressionError(`${shown(token)} is not expected here.`, at)
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new ExpressionError('The expression is nested too deeply.', this.#at)
    const result = read()
    this.#depth--
    return result
  }
}

const shown = (token: Token): string => (token.kind === 'end' ? 'the end' : `"${token.text}"`)
