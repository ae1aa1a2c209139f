import { ValueError } from '@shared/errors'
import type { JsonValue } from '@shared/json/value'

/**
 * Parses the Python literals that .npy headers hold: dictionaries, tuples and lists (both as lists), strings, whole
 * numbers, True, False, None. Throws ValueError.
 */
export function parsePythonLiteral(text: string): JsonValue {
  const parser = new LiteralParser(text)
  const value = parser.value(0)
  parser.end()
  return value
}

const MAX_DEPTH = 64

class LiteralParser {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  end(): void {
    this.space()
    if (this.at < this.text.length) this.fail()
  }

  value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) this.fail()
    this.space()
    const character = this.text[this.at]
    if (character === '{') return this.dictionary(depth)
    if (character === '(') return this.list(')', depth)
    if (character === '[') return this.list(']', depth)
    if (character === "'" || character === '"') return this.string(character)
    const word = /^(True|False|None|[+-]?\d+)L?/.exec(this.text.slice(this.at, this.at + 32))
    if (!word) return this.fail()
    this.at += word[0].length
    const [, name = ''] = word
    return name === 'True' ? true : name === 'False' ? false : name === 'None' ? null : Number(name)
  }

  private dictionary(depth: number): JsonValue {
    const entries = new Map<string, JsonValue>()
    this.at++
    while (!this.take('}')) {
      const key = this.value(depth + 1)
      if (typeof key !== 'string' || !this.take(':')) return this.fail()
      entries.set(key, this.value(depth + 1))
      if (!this.take(',') && !this.peek('}')) return this.fail()
    }
    return entries
  }

  private list(close: string, depth: number): JsonValue {
    const items: JsonValue[] = []
    this.at++
    while (!this.take(close)) {
      items.push(this.value(depth + 1))
      if (!this.take(',') && !this.peek(close)) return this.fail()
    }
    return items
  }

  private string(quote: string): string {
    let out = ''
    for (this.at++; this.text[this.at] !== quote; this.at++) {
      const character = this.text[this.at]
      if (character === undefined) return this.fail()
      if (character !== '\\') {
        out += character
        continue
      }
      const escape = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([\\'"]))/i.exec(
        this.text.slice(this.at, this.at + 6),
      )
      if (!escape) return this.fail()
      out += escape[3] ?? String.fromCharCode(parseInt(escape[1] ?? escape[2]!, 16))
      this.at += escape[0].length - 1
    }
    this.at++
    return out
  }

  private take(character: string): boolean {
    if (!this.peek(character)) return false
    this.at++
    return true
  }

  private peek(character: string): boolean {
    this.space()
    return this.text[this.at] === character
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }

  private fail(): never {
    throw new ValueError(`The header of the .npy file cannot be read at its character ${this.at + 1}.`)
  }
}
