// One-shot block decoders used by standalone codecs and inside Blosc frames: exactly `expected` bytes or an error.
#ifndef BLOCKS_H
#define BLOCKS_H
#include <stdint.h>
int32_t lz4_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t expected);
int32_t zstd_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t expected);
int32_t zlib_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t expected);
#endif
