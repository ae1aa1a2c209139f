// zlib, gzip and bare deflate streams with stock zlib.
#include <zlib.h>

#include "blocks.h"
#include "module.h"

// As in the loader: how the deflate data is wrapped.
enum { WRAP_ZLIB = 0, WRAP_GZIP = 1, WRAP_NONE = 2 };

static int window_bits(int32_t wrap) { return wrap == WRAP_GZIP ? 31 : wrap == WRAP_NONE ? -15 : 15; }

// zlib says "data error" for wrong checksums too; they come when the data itself has been decoded.
static int32_t failure(int code, const z_stream *stream) {
  if (code == Z_MEM_ERROR) return ERR_MEMORY;
  if (code == Z_NEED_DICT) return ERR_UNSUPPORTED;
  if (code == Z_BUF_ERROR) return ERR_TRUNCATED;
  if (code == Z_DATA_ERROR && stream->msg && !strncmp(stream->msg, "incorrect", 9) && !strstr(stream->msg, "header"))
    return ERR_CHECKSUM;
  return ERR_CORRUPT;
}

// Decodes up to the end of one stream. The byte behind a full output is probed with a scratch byte.
static int32_t read_stream(z_stream *stream, sink *out) {
  uint8_t probe;
  for (;;) {
    bool full = out->size == out->capacity;
    if (full && out->capacity < out->limit) {
      int32_t failed = sink_more(out);
      if (failed) return failed;
      full = false;
    }
    stream->next_out = full ? &probe : out->data + out->size;
    stream->avail_out = full ? 1 : out->capacity - out->size;
    uint32_t offered = stream->avail_out;
    int code = inflate(stream, Z_NO_FLUSH);
    uint32_t made = offered - stream->avail_out;
    if (full && made) return ERR_TOO_LONG;
    out->size += made;
    if (code == Z_STREAM_END) return 0;
    if (code != Z_OK) return failure(code, stream);
    if (stream->avail_in == 0 && stream->avail_out != 0) return ERR_TRUNCATED;
  }
}

static int32_t read_all(const uint8_t *in, uint32_t length, int32_t wrap, sink *out) {
  z_stream stream = {.next_in = (Bytef *)in, .avail_in = length};
  if (inflateInit2(&stream, window_bits(wrap)) != Z_OK) return ERR_MEMORY;
  int32_t failed = 0;
  for (;;) {
    failed = read_stream(&stream, out);
    if (failed || wrap != WRAP_GZIP) break;
    while (stream.avail_in && *stream.next_in == 0) stream.next_in++, stream.avail_in--;  // padding
    if (stream.avail_in == 0) break;
    if (stream.avail_in < 2 || stream.next_in[0] != 0x1f || stream.next_in[1] != 0x8b) break;
    if (inflateReset(&stream) != Z_OK) failed = ERR_MEMORY;
    if (failed) break;
  }
  uint32_t rest = stream.avail_in;
  inflateEnd(&stream);
  if (failed) return failed;
  return rest ? ERR_TRAILING : sink_close(out);
}

// The blocks of a Blosc frame share one inflate state.
int32_t zlib_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t expected) {
  static z_stream stream;
  static bool open;
  if (!open && inflateInit(&stream) != Z_OK) return ERR_MEMORY;
  open = true;
  if (inflateReset(&stream) != Z_OK) return ERR_MEMORY;
  stream.next_in = (Bytef *)in;
  stream.avail_in = length;
  stream.next_out = out;
  stream.avail_out = expected;
  int code = inflate(&stream, Z_FINISH);
  if (code == Z_OK || code == Z_BUF_ERROR) return stream.avail_in == 0 ? ERR_TRUNCATED : ERR_TOO_LONG;
  if (code != Z_STREAM_END) return failure(code, &stream);
  return stream.avail_out ? ERR_TOO_SHORT : (int32_t)expected;
}

EXPORT int32_t zlib_decode(const uint8_t *in, uint32_t length, uint32_t region, uint32_t limit, int32_t exact,
                           int32_t wrap) {
  sink out;
  int32_t failed = sink_open(&out, region, limit, exact, (uint64_t)length * 4);
  return failed ? failed : read_all(in, length, wrap, &out);
}

EXPORT int32_t zlib_encode(const uint8_t *in, uint32_t length, uint32_t region, int32_t level, int32_t wrap) {
  z_stream stream = {.next_in = (Bytef *)in, .avail_in = length};
  if (level < -1 || level > 9) return ERR_PARAMETERS;
  if (deflateInit2(&stream, level, Z_DEFLATED, window_bits(wrap), 8, Z_DEFAULT_STRATEGY) != Z_OK) return ERR_MEMORY;
  uLong bound = deflateBound(&stream, length);
  uint8_t *out = bound > MAX_SIZE ? NULL : region_reserve(region, (uint32_t)bound);
  int32_t result = bound > MAX_SIZE ? ERR_LIMIT : ERR_MEMORY;
  if (out) {
    stream.next_out = out;
    stream.avail_out = (uInt)bound;
    result = deflate(&stream, Z_FINISH) == Z_STREAM_END ? (int32_t)stream.total_out : ERR_MEMORY;
  }
  deflateEnd(&stream);
  return result;
}
