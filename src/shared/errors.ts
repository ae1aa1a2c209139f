/**
 * Every failure a person or a program can meet, as one closed union of tagged classes.
 *
 * `code` is stable: scripts, tests and the window decide by it. `message` is one sentence that names what failed,
 * where, and what to do. An error crosses threads, processes and the wire as an `ErrorBody` and comes back as the
 * same class with the same fields.
 */
export interface ErrorBody {
  code: string
  message: string
  /** The typed fields of the class, plain data. */
  fields: Record<string, unknown>
}

/** The base of every error this program raises on purpose; anything else that is thrown is a defect. */
export abstract class ZarrscopeError extends Error {
  abstract readonly code: string

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = new.target.name
  }

  /** Typed fields besides the message; plain data only. */
  protected fields(): Record<string, unknown> {
    return {}
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, fields: this.fields() }
  }
}

/** The path holds no Zarr metadata of any format, neither itself nor in a parent. */
export class NotAStoreError extends ZarrscopeError {
  readonly code = 'NOT_A_STORE'
  readonly path: string
  constructor(path: string, why = 'no zarr.json, .zarray, .zgroup or meta was found there') {
    super(`${path} is not a Zarr store: ${why}.`)
    this.path = path
  }
  protected override fields(): Record<string, unknown> {
    return { path: this.path }
  }
}

/** The store exists, the node inside it does not. */
export class NodeNotFoundError extends ZarrscopeError {
  readonly code = 'NODE_NOT_FOUND'
  readonly path: string
  constructor(path: string, message = `There is no array or group at "${path}" in this store.`) {
    super(message)
    this.path = path
  }
  protected override fields(): Record<string, unknown> {
    return { path: this.path }
  }
}

/** A node or key is in the way of one that should be created. */
export class NodeExistsError extends ZarrscopeError {
  readonly code = 'NODE_EXISTS'
  readonly path: string
  constructor(path: string) {
    super(`"${path}" exists already; choose another name or allow it to be replaced.`)
    this.path = path
  }
  protected override fields(): Record<string, unknown> {
    return { path: this.path }
  }
}

/** A metadata document that cannot be read, or says something impossible. */
export class MetadataError extends ZarrscopeError {
  readonly code = 'METADATA_INVALID'
  /** The store key of the document, such as "obs/t/zarr.json"; empty when the document has no key. */
  readonly key: string
  /** The field inside the document, such as "chunk_grid.configuration"; empty for the whole. */
  readonly field: string
  /** The reason alone, a sentence. */
  readonly why: string
  constructor(key: string, field: string, why: string, options?: { cause?: unknown }) {
    super(`${key || 'The metadata'}${field ? ` (${field})` : ''}: ${why}`, options)
    this.key = key
    this.field = field
    this.why = why
  }
  /** The same error with the document's key, for parsers of one field that do not know it. */
  at(key: string): MetadataError {
    return this.key === '' ? new MetadataError(key, this.field, this.why, { cause: this.cause }) : this
  }
  protected override fields(): Record<string, unknown> {
    return { key: this.key, field: this.field, why: this.why }
  }
}

export type UnsupportedWhat =
  | 'codec'
  | 'data type'
  | 'filter'
  | 'chunk grid'
  | 'chunk key encoding'
  | 'storage transformer'
  | 'extension'
  | 'feature'

/** Legal, understood as unknown: the node opens and shows its metadata, its data is refused. */
export class UnsupportedError extends ZarrscopeError {
  readonly code = 'UNSUPPORTED'
  readonly what: UnsupportedWhat
  readonly unsupported: string
  constructor(what: UnsupportedWhat, unsupported: string, why = 'this version does not know it') {
    super(`The ${what} "${unsupported}" cannot be used: ${why}.`)
    this.what = what
    this.unsupported = unsupported
  }
  protected override fields(): Record<string, unknown> {
    return { what: this.what, unsupported: this.unsupported }
  }
}

/** Stored bytes that do not decode to what the metadata promises. */
export class ChunkCorruptError extends ZarrscopeError {
  readonly code = 'CHUNK_CORRUPT'
  readonly key: string
  readonly why: string
  constructor(key: string, why: string, options?: { cause?: unknown }) {
    super(`The chunk${key && ` ${key}`} cannot be decoded: ${why}.`, options)
    this.key = key
    this.why = why
  }
  protected override fields(): Record<string, unknown> {
    return { key: this.key, why: this.why }
  }
}

/** A size, depth or count beyond what is safe to try. */
export class LimitError extends ZarrscopeError {
  readonly code = 'LIMIT'
  readonly what: string
  constructor(what: string, actual: string | number | bigint, limit: string | number) {
    super(`${what} is ${String(actual)}, more than the limit of ${String(limit)}.`)
    this.what = what
  }
  protected override fields(): Record<string, unknown> {
    return { what: this.what }
  }
}

/** Something typed that is wrong at a character. */
abstract class TypedTextError extends ZarrscopeError {
  /** Index of the first wrong character of the typed text, where there is one. */
  readonly position: number | undefined
  constructor(message: string, position?: number) {
    super(message)
    this.position = position
  }
  protected override fields(): Record<string, unknown> {
    return this.position === undefined ? {} : { position: this.position }
  }
}

/** A selection that cannot be parsed or lies outside the array. */
export class SelectionError extends TypedTextError {
  readonly code = 'SELECTION'
}

/** An expression or predicate that cannot be understood, or has no result for some item. */
export class ExpressionError extends TypedTextError {
  readonly code = 'EXPRESSION'
}

/** A value that the data type or the target cannot hold. */
export class ValueError extends ZarrscopeError {
  readonly code = 'VALUE'
}

/** The operating system refused: permission, full disk, missing medium. `syscall` is Node's code, such as "EACCES". */
export class IoError extends ZarrscopeError {
  readonly code = 'IO'
  readonly path: string
  readonly syscall: string
  constructor(path: string, syscall: string, why: string, options?: { cause?: unknown }) {
    super(`${path}: ${why}`, options)
    this.path = path
    this.syscall = syscall
  }
  protected override fields(): Record<string, unknown> {
    return { path: this.path, syscall: this.syscall }
  }
}

/** A write to something opened for reading. */
export class ReadOnlyError extends ZarrscopeError {
  readonly code = 'READ_ONLY'
}

/** Somebody else changed a file since it was read. */
export class ConflictError extends ZarrscopeError {
  readonly code = 'CONFLICT'
  readonly key: string
  constructor(
    key: string,
    message = `${key} was changed by another program since it was read; reload before saving.`,
  ) {
    super(message)
    this.key = key
  }
  protected override fields(): Record<string, unknown> {
    return { key: this.key }
  }
}

/** Wrong arguments of a call, a command or a remote procedure. */
export class UsageError extends ZarrscopeError {
  readonly code = 'USAGE'
}

/** The caller withdrew the request. */
export class AbortedError extends ZarrscopeError {
  readonly code = 'ABORTED'
  constructor(message = 'The request was cancelled.') {
    super(message)
  }
}

/** The other side of a port is gone. */
export class DisconnectedError extends ZarrscopeError {
  readonly code = 'DISCONNECTED'
  constructor(message = 'The connection to the engine was lost.') {
    super(message)
  }
}

/** A defect of this program, wrapped so that it can cross the wire. */
export class InternalError extends ZarrscopeError {
  readonly code = 'INTERNAL'
}

export type AnyZarrscopeError =
  | NotAStoreError
  | NodeNotFoundError
  | NodeExistsError
  | MetadataError
  | UnsupportedError
  | ChunkCorruptError
  | LimitError
  | SelectionError
  | ExpressionError
  | ValueError
  | IoError
  | ReadOnlyError
  | ConflictError
  | UsageError
  | AbortedError
  | DisconnectedError
  | InternalError

export type ErrorCode = AnyZarrscopeError['code']

const CLASSES: Record<ErrorCode, { prototype: AnyZarrscopeError; name: string }> = {
  NOT_A_STORE: NotAStoreError,
  NODE_NOT_FOUND: NodeNotFoundError,
  NODE_EXISTS: NodeExistsError,
  METADATA_INVALID: MetadataError,
  UNSUPPORTED: UnsupportedError,
  CHUNK_CORRUPT: ChunkCorruptError,
  LIMIT: LimitError,
  SELECTION: SelectionError,
  EXPRESSION: ExpressionError,
  VALUE: ValueError,
  IO: IoError,
  READ_ONLY: ReadOnlyError,
  CONFLICT: ConflictError,
  USAGE: UsageError,
  ABORTED: AbortedError,
  DISCONNECTED: DisconnectedError,
  INTERNAL: InternalError,
}

/** Any thrown value as plain data; an `AbortError` of the platform counts as ABORTED, the unknown as INTERNAL. */
export function toErrorBody(thrown: unknown): ErrorBody {
  if (thrown instanceof ZarrscopeError) return thrown.toBody()
  if (thrown instanceof Error && thrown.name === 'AbortError') return new AbortedError().toBody()
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { code: 'INTERNAL', message: `Something went wrong inside the program: ${message}`, fields: {} }
}

/** The class instance that `toErrorBody` described, message and fields included; an unknown code becomes INTERNAL. */
export function fromErrorBody(body: ErrorBody): AnyZarrscopeError {
  const known = Object.hasOwn(CLASSES, body.code) ? CLASSES[body.code as ErrorCode] : InternalError
  const error = Object.create(known.prototype) as Record<string, unknown>
  Object.defineProperty(error, 'message', { value: body.message, configurable: true, writable: true })
  Object.defineProperty(error, 'name', { value: known.name, configurable: true, writable: true })
  Object.assign(error, body.fields, { code: Object.hasOwn(CLASSES, body.code) ? body.code : 'INTERNAL' })
  return error as unknown as AnyZarrscopeError
}

export const isAborted = (thrown: unknown): boolean =>
  thrown instanceof AbortedError || (thrown instanceof Error && thrown.name === 'AbortError')
