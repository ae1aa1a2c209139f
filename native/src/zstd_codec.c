// Zstandard: all frames of an input, one frame written.
#include <zstd.h>
#include <zstd_errors.h>

#include "blocks.h"
#include "module.h"

// Contexts live as long as the instance: making one costs more than decoding a small block.
static ZSTD_DCtx *reader;
static ZSTD_CCtx *writer;

static int32_t failure(size_t code) {
  switch (ZSTD_getErrorCode(code)) {
    case ZSTD_error_srcSize_wrong: return ERR_TRUNCATED;
    case ZSTD_error_dstSize_tooSmall: return ERR_TOO_LONG;
    case ZSTD_error_checksum_wrong: return ERR_CHECKSUM;
    case ZSTD_error_dictionary_wrong:
    case ZSTD_error_version_unsupported:
    case ZSTD_error_frameParameter_unsupported: return ERR_UNSUPPORTED;
    case ZSTD_error_frameParameter_windowTooLarge: return ERR_LIMIT;
    case ZSTD_error_memory_allocation: return ERR_MEMORY;
    case ZSTD_error_parameter_unsupported:
    case ZSTD_error_parameter_outOfBound: return ERR_PARAMETERS;
    default: return ERR_CORRUPT;
  }
}

static bool open_reader(void) {
  if (!reader) reader = ZSTD_createDCtx();
  return reader && !ZSTD_isError(ZSTD_DCtx_reset(reader, ZSTD_reset_session_and_parameters));
}

int32_t zstd_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t expected) {
  if (!open_reader()) return ERR_MEMORY;
  if (length == 0) return ERR_TRUNCATED;
  size_t done = ZSTD_decompressDCtx(reader, out, expected, in, length);
  if (ZSTD_isError(done)) return failure(done);
  return done < expected ? ERR_TOO_SHORT : (int32_t)done;
}

// Decodes frame after frame through a window of at most 128 MiB into a growing output.
static int32_t read_growing(const uint8_t *in, uint32_t length, sink *out) {
  if (ZSTD_isError(ZSTD_DCtx_setParameter(reader, ZSTD_d_windowLogMax, WINDOW_LOG_LIMIT))) return ERR_PARAMETERS;
  ZSTD_inBuffer source = {in, length, 0};
  for (;;) {
    ZSTD_outBuffer target = {out->data, out->capacity, out->size};
    size_t left = ZSTD_decompressStream(reader, &target, &source);
    if (ZSTD_isError(left)) return failure(left);
    out->size = (uint32_t)target.pos;
    if (left == 0) {  // the end of a frame
      if (source.pos == source.size) return sink_close(out);
      continue;
    }
    if (target.pos == target.size) {
      int32_t failed = sink_more(out);
      if (failed) return failed;
    } else if (source.pos == source.size) {
      return ERR_TRUNCATED;
    }
  }
}

EXPORT int32_t zstd_decode(const uint8_t *in, uint32_t length, uint32_t region, uint32_t limit, int32_t exact) {
  sink out;
  unsigned long long bound = exact ? limit : ZSTD_getFrameContentSize(in, length);
  if (bound == ZSTD_CONTENTSIZE_UNKNOWN || bound == ZSTD_CONTENTSIZE_ERROR) bound = 0;
  int32_t failed = sink_open(&out, region, limit, exact, bound);
  if (failed) return failed;
  if (exact) return zstd_read(in, length, out.data, limit);
  if (!open_reader()) return ERR_MEMORY;
  return length == 0 ? ERR_TRUNCATED : read_growing(in, length, &out);
}

EXPORT int32_t zstd_encode(const uint8_t *in, uint32_t length, uint32_t region, int32_t level, int32_t checksum) {
  size_t bound = ZSTD_compressBound(length);
  if (ZSTD_isError(bound) || bound > MAX_SIZE) return ERR_LIMIT;
  uint8_t *out = region_reserve(region, (uint32_t)bound);
  if (!writer) writer = ZSTD_createCCtx();
  if (!out || !writer) return ERR_MEMORY;
  size_t set = ZSTD_CCtx_reset(writer, ZSTD_reset_session_and_parameters);
  if (!ZSTD_isError(set)) set = ZSTD_CCtx_setParameter(writer, ZSTD_c_compressionLevel, level);
  if (!ZSTD_isError(set)) set = ZSTD_CCtx_setParameter(writer, ZSTD_c_checksumFlag, checksum != 0);
  if (ZSTD_isError(set)) return failure(set);
  size_t done = ZSTD_compress2(writer, out, bound, in, length);
  return ZSTD_isError(done) ? failure(done) : (int32_t)done;
}
