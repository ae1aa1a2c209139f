/** Why the codec module refused to decode or encode. */
export type CodecFailureReason =
  | 'corrupt' // the bytes are not valid for the codec, or go on after its end
  | 'truncated' // the input ends before the data does
  | 'header' // a header contradicts itself or the length of the input
  | 'size' // more or fewer decoded bytes than expected
  | 'checksum' // a checksum inside the data does not match
  | 'unsupported' // a valid variant that is not read
  | 'limit' // more memory or a larger window than allowed
  | 'parameters' // the requested configuration is not possible
  | 'memory' // no memory left

/**
 * Thrown by the codec module and nothing else. It knows neither chunk nor array: callers turn it into a
 * ChunkCorruptError, LimitError or MetadataError that does. `message` is a clause that fits behind a colon, such as
 * "the zstd data ends too early".
 */
export class CodecFailure extends Error {
  readonly reason: CodecFailureReason
  constructor(reason: CodecFailureReason, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'CodecFailure'
    this.reason = reason
  }
}

/** The result codes of native/src/module.h. */
const CODES: Readonly<Record<number, readonly [CodecFailureReason, string]>> = {
  [-1]: ['corrupt', 'is not valid'],
  [-2]: ['truncated', 'ends too early'],
  [-3]: ['header', 'has a header that contradicts itself or its length'],
  [-4]: ['size', 'holds more bytes than expected'],
  [-5]: ['size', 'holds fewer bytes than expected'],
  [-6]: ['checksum', 'does not match its checksum'],
  [-7]: ['unsupported', 'is of a variant that is not supported'],
  [-8]: ['limit', 'needs more memory than is safe'],
  [-9]: ['parameters', 'cannot be processed with these parameters'],
  [-10]: ['memory', 'needs more memory than there is'],
  [-11]: ['corrupt', 'is followed by bytes that do not belong to it'],
}

/** The failure of one result code; `codec` names whose data it is. */
export function failureOf(codec: string, code: number): CodecFailure {
  const [reason, what] = CODES[code] ?? ['corrupt', `failed with the unknown result ${code}`]
  return new CodecFailure(reason, `the ${codec} data ${what}`)
}
