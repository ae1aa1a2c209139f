// Decoder of raw Snappy blocks, as they occur inside Blosc frames. Own code after the published format description.
#include "snappy.h"

#include "module.h"

// Copies within the output; the ranges overlap when the distance is smaller than the length.
static void copy_back(uint8_t *to, uint32_t distance, uint32_t length) {
  const uint8_t *from = to - distance;
  if (distance >= length) {
    memcpy(to, from, length);
    return;
  }
  if (distance == 1) {
    memset(to, *from, length);
    return;
  }
  while (length--) *to++ = *from++;
}

// Decodes one block into exactly `expected` bytes.
int32_t snappy_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t expected) {
  uint32_t at = 0, done = 0, shift = 0;
  uint64_t total = 0;
  for (;;) {  // the decoded length, a little-endian base-128 number of at most five bytes
    if (at >= length) return ERR_TRUNCATED;
    uint8_t byte = in[at++];
    total |= (uint64_t)(byte & 127) << shift;
    shift += 7;
    if (byte < 128) break;
    if (shift > 28) return ERR_CORRUPT;
  }
  if (total != expected) return total > expected ? ERR_TOO_LONG : ERR_TOO_SHORT;
  while (at < length) {
    uint32_t tag = in[at++], kind = tag & 3, run, distance, extra;
    if (kind == 0) {
      run = (tag >> 2) + 1;
      if (run > 60) {  // the length follows in 1 to 4 bytes
        extra = run - 60;
        if (extra > length - at) return ERR_TRUNCATED;
        uint32_t more = 0;
        for (uint32_t i = 0; i < extra; i++) more |= (uint32_t)in[at + i] << (8 * i);
        at += extra;
        if (more >= MAX_SIZE) return ERR_CORRUPT;
        run = more + 1;
      }
      if (run > length - at) return ERR_TRUNCATED;
      if (run > expected - done) return ERR_TOO_LONG;
      memcpy(out + done, in + at, run);
      at += run;
      done += run;
      continue;
    }
    extra = kind == 1 ? 1 : kind == 2 ? 2 : 4;
    if (extra > length - at) return ERR_TRUNCATED;
    distance = 0;
    for (uint32_t i = 0; i < extra; i++) distance |= (uint32_t)in[at + i] << (8 * i);
    at += extra;
    if (kind == 1) {
      run = ((tag >> 2) & 7) + 4;
      distance |= (tag >> 5) << 8;
    } else {
      run = (tag >> 2) + 1;
    }
    if (distance == 0 || distance > done) return ERR_CORRUPT;
    if (run > expected - done) return ERR_TOO_LONG;
    copy_back(out + done, distance, run);
    done += run;
  }
  return done == expected ? (int32_t)done : ERR_TRUNCATED;
}
