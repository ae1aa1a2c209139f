import type { CodecDefinition } from './codec'
import { readMsgpack } from './msgpack-read'
import { writeMsgpack } from './msgpack-write'
import { objectCodec } from './object-codec'

/** Python objects as MessagePack. Only what JSON can say is read: binary data and extension types are refused. */
export const msgpack2: CodecDefinition = {
  name: 'numcodecs.msgpack2',
  about: 'objects as MessagePack',
  limits: 'binary data, extension types and keys that are not texts are refused',
  selfDescribing: true,
  bindArrayToBytes(configuration, input) {
    const options = {
      singleFloats: configuration.boolean('use_single_float', false),
      // Without it the writer keeps to the types that MessagePack had before it told texts from bytes.
      newTypes: configuration.boolean('use_bin_type', true),
    }
    return objectCodec(configuration, input, {
      read: readMsgpack,
      write: (document) => writeMsgpack(document, options),
    })
  },
}
