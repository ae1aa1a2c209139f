/** Why the codec module refused to decode or encode. */
export type CodecFailureReason =
  | 'corrupt' // the bytes are not valid for the codec
  | 'truncated' // the input ends before the data does
  | 'header' // a container's header contradicts itself or the length of the input
  | 'size' // more or fewer decoded bytes than expected
  | 'checksum'
  | 'unsupported' // a valid variant that is not read, or a limit of memory or window
  | 'parameters' // the caller's configuration is not possible
  | 'memory' // not enough memory

/** Thrown by the codec module; callers add which chunk of which array it was. */
export class CodecFailure extends Error {
  readonly reason: CodecFailureReason
  constructor(reason: CodecFailureReason, message: string) {
    super(message)
    this.name = 'CodecFailure'
    this.reason = reason
  }
}
