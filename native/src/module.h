// Shared by all parts of the codec module: result codes, the two memory regions and the output sink.
#ifndef MODULE_H
#define MODULE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __EMSCRIPTEN__
#include <emscripten.h>
#define EXPORT EMSCRIPTEN_KEEPALIVE
#else
#define EXPORT
#endif

// Results: a count of bytes, or one of these. codec-failure.ts names them; keep both lists equal.
enum {
  ERR_CORRUPT = -1,      // the bytes are not valid for the codec
  ERR_TRUNCATED = -2,    // the input ends before the data does
  ERR_HEADER = -3,       // a header contradicts itself or the length of the input
  ERR_TOO_LONG = -4,     // more decoded bytes than expected or allowed
  ERR_TOO_SHORT = -5,    // fewer decoded bytes than expected
  ERR_CHECKSUM = -6,     // a checksum inside the data does not match
  ERR_UNSUPPORTED = -7,  // a valid variant that is not read
  ERR_LIMIT = -8,        // needs more memory or a larger window than allowed
  ERR_PARAMETERS = -9,   // the requested configuration is not possible
  ERR_MEMORY = -10,      // out of memory
  ERR_TRAILING = -11,    // bytes follow the end of the data
};

// A region is never larger than MAX_SIZE, decoded data never larger than MAX_DECODED (memory itself ends at 3 GiB, see
// build.sh), so that every count fits an int32 result and no pointer plus a valid length overflows 32 bits.
#define MAX_SIZE 0x50000000u
#define MAX_DECODED 0x40000000u

// What a decoder may ask for beside its output: the window of zstd (128 MiB), the memory of LZMA.
#define WINDOW_LOG_LIMIT 27
#define WORK_LIMIT (1024u << 20)

// Two regions of linear memory; a call reads from one and writes to the other, so that results can be passed on.
uint8_t *region_reserve(uint32_t index, uint32_t size);
uint8_t *region_grow(uint32_t index, uint32_t keep, uint32_t size);

// Where decoded bytes go. `capacity` bytes may be written at `data`; sink_more makes room until `limit`.
typedef struct {
  uint32_t region;
  uint8_t *data;
  uint32_t size;
  uint32_t capacity;
  uint32_t limit;
  bool exact;
} sink;

// Opens a sink on a region. exact: limit bytes are expected, no fewer. guess: what to reserve first otherwise.
int32_t sink_open(sink *out, uint32_t region, uint32_t limit, bool exact, uint64_t guess);
// Makes room for more bytes: 0, ERR_TOO_LONG at the limit or ERR_MEMORY.
int32_t sink_more(sink *out);
// The result of a finished decode.
int32_t sink_close(const sink *out);

static inline uint32_t load32(const uint8_t *p) {
  uint32_t v;
  memcpy(&v, p, 4);
  return v;
}
#endif
