// LZ4 blocks without frame.
#include <limits.h>
#include <lz4.h>

#include "blocks.h"
#include "module.h"

int32_t lz4_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t expected) {
  if (length > MAX_SIZE || expected > MAX_DECODED) return ERR_LIMIT;
  if (length == 0) return ERR_TRUNCATED;
  int done = LZ4_decompress_safe((const char *)in, (char *)out, (int)length, (int)expected);
  if (done < 0) return ERR_CORRUPT;
  return (uint32_t)done < expected ? ERR_TOO_SHORT : done;
}

EXPORT int32_t lz4_decode(const uint8_t *in, uint32_t length, uint32_t region, uint32_t limit, int32_t exact) {
  // A block grows at most 255 times.
  sink out;
  uint64_t most = (uint64_t)length * 255;
  int32_t failed = sink_open(&out, region, limit, exact, most);
  if (failed) return failed;
  if (exact) return lz4_read(in, length, out.data, limit);
  if (length == 0) return ERR_TRUNCATED;
  int done = LZ4_decompress_safe((const char *)in, (char *)out.data, (int)length, (int)out.capacity);
  return done < 0 ? ERR_CORRUPT : done;
}

EXPORT int32_t lz4_encode(const uint8_t *in, uint32_t length, uint32_t region, int32_t acceleration) {
  if (length > LZ4_MAX_INPUT_SIZE) return ERR_LIMIT;
  int bound = LZ4_compressBound((int)length);
  uint8_t *out = region_reserve(region, (uint32_t)bound);
  if (!out) return ERR_MEMORY;
  int done = LZ4_compress_fast((const char *)in, (char *)out, (int)length, bound, acceleration);
  return done <= 0 ? ERR_MEMORY : done;
}
