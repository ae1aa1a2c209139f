// Shuffles of whole buffers.
#include "module.h"
#include "shuffle.h"

enum { SHUFFLE, UNSHUFFLE, BITSHUFFLE, BITUNSHUFFLE };

EXPORT int32_t shuffle_buffer(const uint8_t *in, uint32_t length, uint32_t region, int32_t kind, uint32_t item_size) {
  if (item_size == 0 || (item_size > 255 && kind >= BITSHUFFLE)) return ERR_PARAMETERS;
  uint8_t *out = region_reserve(region, length);
  if (!out) return ERR_MEMORY;
  switch (kind) {
    case SHUFFLE: blosc_internal_shuffle(item_size, length, in, out); break;
    case UNSHUFFLE: blosc_internal_unshuffle(item_size, length, in, out); break;
    case BITSHUFFLE: blosc_internal_bitshuffle(item_size, length, in, out, NULL); break;
    case BITUNSHUFFLE: blosc_internal_bitunshuffle(item_size, length, in, out, NULL); break;
    default: return ERR_PARAMETERS;
  }
  return (int32_t)length;
}
