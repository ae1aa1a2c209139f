// bzip2: all streams of an input, one stream written.
#include <bzlib.h>

#include "module.h"

// Called by bzip2 when built without stdio and an internal check fails; the loader reports the trap.
void bz_internal_error(int code) {
  (void)code;
  __builtin_trap();
}

static int32_t failure(int code) {
  return code == BZ_MEM_ERROR ? ERR_MEMORY : code == BZ_UNEXPECTED_EOF ? ERR_TRUNCATED : ERR_CORRUPT;
}

// Decodes one stream and leaves the rest of the input in `from`. The byte behind a full output is probed.
static int32_t read_stream(bz_stream *stream, sink *out) {
  char probe;
  for (;;) {
    bool full = out->size == out->capacity;
    if (full && out->capacity < out->limit) {
      int32_t failed = sink_more(out);
      if (failed) return failed;
      full = false;
    }
    stream->next_out = full ? &probe : (char *)out->data + out->size;
    stream->avail_out = full ? 1 : out->capacity - out->size;
    uint32_t offered = stream->avail_out;
    int code = BZ2_bzDecompress(stream);
    uint32_t made = offered - stream->avail_out;
    if (full && made) return ERR_TOO_LONG;
    out->size += made;
    if (code == BZ_STREAM_END) return 0;
    if (code != BZ_OK) return failure(code);
    if (stream->avail_in == 0 && stream->avail_out != 0) return ERR_TRUNCATED;
  }
}

EXPORT int32_t bz2_decode(const uint8_t *in, uint32_t length, uint32_t region, uint32_t limit, int32_t exact) {
  sink out;
  int32_t failed = sink_open(&out, region, limit, exact, (uint64_t)length * 4);
  if (failed) return failed;
  if (length == 0) return ERR_TRUNCATED;
  for (bool first = true; length; first = false) {
    bz_stream stream = {.next_in = (char *)in, .avail_in = length};
    if (!first && (length < 3 || memcmp(in, "BZh", 3))) return ERR_TRAILING;
    if (BZ2_bzDecompressInit(&stream, 0, 0) != BZ_OK) return ERR_MEMORY;
    failed = read_stream(&stream, &out);
    in = (const uint8_t *)stream.next_in;
    length = stream.avail_in;
    BZ2_bzDecompressEnd(&stream);
    if (failed) return failed;
  }
  return sink_close(&out);
}

EXPORT int32_t bz2_encode(const uint8_t *in, uint32_t length, uint32_t region, int32_t level) {
  if (level < 1 || level > 9) return ERR_PARAMETERS;
  uint64_t bound = (uint64_t)length + length / 100 + 600;
  if (bound > MAX_SIZE) return ERR_LIMIT;
  uint8_t *out = region_reserve(region, (uint32_t)bound);
  if (!out) return ERR_MEMORY;
  unsigned int size = (unsigned int)bound;
  int code = BZ2_bzBuffToBuffCompress((char *)out, &size, (char *)in, length, level, 0, 0);
  return code == BZ_OK ? (int32_t)size : ERR_MEMORY;
}
