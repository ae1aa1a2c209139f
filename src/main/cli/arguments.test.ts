import { describe, expect, test } from 'vitest'
import { UsageError } from '@shared/errors'
import { isOption, parseArguments, wholeNumber, type OptionTable } from './arguments'

const TABLE = {
  json: { kind: 'boolean', help: '' },
  format: { kind: 'text', letter: 'f', help: '' },
  filter: { kind: 'repeat', help: '' },
} as const satisfies OptionTable

const parse = (...argv: string[]) => parseArguments(argv, TABLE)

describe('parseArguments', () => {
  test('separates values from options in any order', () => {
    expect(parse('a.zarr', '--json', '0:3', '-f', 'csv')).toEqual({
      positional: ['a.zarr', '0:3'],
      options: { json: true, format: 'csv', filter: [] },
    })
  })

  test.each(['-', '-5', '-3:', '-1, ::2', '-:', '-0'])('takes %j as a value', (value) => {
    expect(isOption(value)).toBe(false)
    expect(parse('a', value).positional).toEqual(['a', value])
  })

  test('ends the options at --', () => {
    expect(parse('--', '--json', '-f')).toEqual({
      positional: ['--json', '-f'],
      options: { json: false, format: undefined, filter: [] },
    })
  })

  test('reads --name=value, -fvalue and options that repeat', () => {
    expect(parse('--format=npy').options.format).toBe('npy')
    expect(parse('-fraw').options.format).toBe('raw')
    expect(parse('--format=').options.format).toBe('')
    expect(parse('--filter', 'delta', '--filter', '-5').options.filter).toEqual(['delta', '-5'])
  })

  test.each([
    [['--jsn'], 'Unknown option --jsn.'],
    [['-x'], 'Unknown option -x. What is a value all the same goes behind "--".'],
    [['--__proto__'], 'Unknown option --__proto__.'],
    [['--format'], 'The option --format needs a value.'],
    [['--json=1'], 'The option --json takes no value.'],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(...argv)).toThrow(new UsageError(message))
  })
})

test('wholeNumber reads counts and names the option in its refusal', () => {
  expect(wholeNumber('12', 'depth')).toBe(12)
  for (const text of ['-1', '1.5', '', 'x', '1e3', '0']) {
    expect(() => wholeNumber(text, 'workers', 1)).toThrow(/--workers needs a whole number of at least 1/)
  }
})
