import { describe, expect, test } from 'vitest'
import * as errors from './errors'
import {
  AbortedError,
  ChunkCorruptError,
  ConflictError,
  DisconnectedError,
  fromErrorBody,
  InternalError,
  IoError,
  isAborted,
  LimitError,
  MetadataError,
  NodeExistsError,
  NodeNotFoundError,
  NotAStoreError,
  ReadOnlyError,
  ExpressionError,
  SelectionError,
  toErrorBody,
  UnsupportedError,
  UsageError,
  ValueError,
  ZarrscopeError,
} from './errors'

const EXAMPLES: [ZarrscopeError, string, Record<string, unknown>][] = [
  [new NotAStoreError('/data/x'), 'NOT_A_STORE', { path: '/data/x' }],
  [new NodeNotFoundError('a/b'), 'NODE_NOT_FOUND', { path: 'a/b' }],
  [new NodeExistsError('a'), 'NODE_EXISTS', { path: 'a' }],
  [
    new MetadataError('a/.zarray', 'shape', 'it is missing.'),
    'METADATA_INVALID',
    { key: 'a/.zarray', field: 'shape' },
  ],
  [new UnsupportedError('codec', 'zfp'), 'UNSUPPORTED', { what: 'codec', unsupported: 'zfp' }],
  [new ChunkCorruptError('c/0', 'it is short'), 'CHUNK_CORRUPT', { key: 'c/0', why: 'it is short' }],
  [new LimitError('The nesting depth', 513, 512), 'LIMIT', { what: 'The nesting depth' }],
  [new SelectionError('Too many indices.', 3), 'SELECTION', { position: 3 }],
  [new SelectionError('Too many indices.'), 'SELECTION', {}],
  [new ExpressionError('"y" is not known here.', 4), 'EXPRESSION', { position: 4 }],
  [new ValueError('300 does not fit into uint8.'), 'VALUE', {}],
  [new IoError('/x', 'EACCES', 'permission denied.'), 'IO', { path: '/x', syscall: 'EACCES' }],
  [new ReadOnlyError('The store is read-only.'), 'READ_ONLY', {}],
  [new ConflictError('c/0'), 'CONFLICT', { key: 'c/0' }],
  [new UsageError('Wrong.'), 'USAGE', {}],
  [new AbortedError(), 'ABORTED', {}],
  [new DisconnectedError(), 'DISCONNECTED', {}],
  [new InternalError('A defect.'), 'INTERNAL', {}],
]

test('every class of the module has an example', () => {
  const classes = Object.values(errors).filter(
    (value) => typeof value === 'function' && value.prototype instanceof ZarrscopeError,
  )
  const covered = new Set(EXAMPLES.map(([error]) => error.constructor))
  expect(classes.filter((constructor) => !covered.has(constructor))).toEqual([])
  expect(classes).toHaveLength(17)
})

describe('an error that crosses the wire stays itself', () => {
  test.each(EXAMPLES.map(([error, code, fields]) => [error.name, error, code, fields] as const))(
    '%s',
    (_, error, code, fields) => {
      const body = toErrorBody(error)
      expect(body.code).toBe(code)
      const arrived = fromErrorBody(JSON.parse(JSON.stringify(body)) as errors.ErrorBody)
      expect(arrived).toBeInstanceOf(error.constructor)
      expect(arrived).toBeInstanceOf(Error)
      expect(arrived).toMatchObject({ code, message: error.message, name: error.name, ...fields })
      expect(toErrorBody(arrived)).toEqual(body)
      expect(structuredClone(body)).toEqual(body)
      expect(String(arrived)).toBe(`${error.name}: ${error.message}`)
    },
  )
})

test('what is thrown otherwise is a defect, except an abort of the platform', () => {
  expect(toErrorBody(new TypeError('x is undefined'))).toEqual({
    code: 'INTERNAL',
    message: 'Something went wrong inside the program: x is undefined',
    fields: {},
  })
  expect(toErrorBody('text').message).toContain('text')
  const { signal } = new AbortController()
  const aborted = AbortSignal.abort().reason as unknown
  expect(signal.aborted).toBe(false)
  expect(toErrorBody(aborted)).toEqual(new AbortedError().toBody())
  expect(isAborted(aborted)).toBe(true)
  expect(isAborted(new AbortedError())).toBe(true)
  expect(isAborted(fromErrorBody(new AbortedError().toBody()))).toBe(true)
  expect(isAborted(new Error('no'))).toBe(false)
})

test('unknown codes and odd fields of a foreign body do no harm', () => {
  const body = {
    code: 'toString',
    message: 'Odd.',
    fields: { __proto__: { polluted: 1 }, code: 'VALUE', message: 'x' },
  }
  const arrived = fromErrorBody(body)
  expect(arrived).toBeInstanceOf(InternalError)
  expect(arrived).toMatchObject({ code: 'INTERNAL' })
  expect('polluted' in {}).toBe(false)
})

test('a cause is kept on this side', () => {
  const cause = new Error('disk')
  expect(new IoError('/x', 'EIO', 'failed.', { cause }).cause).toBe(cause)
  expect(new MetadataError('', 'shape', 'bad.', { cause }).at('k').cause).toBe(cause)
})

test('a metadata error takes the key of its document once', () => {
  const error = new MetadataError('', 'dtype', 'it is wrong.')
  expect(error.message).toBe('The metadata (dtype): it is wrong.')
  expect(error.at('a/.zarray')).toMatchObject({
    key: 'a/.zarray',
    message: 'a/.zarray (dtype): it is wrong.',
  })
  expect(error.at('a/.zarray').at('b').key).toBe('a/.zarray')
})
