// liblzma: .xz, .lzma and raw filter chains, with the parameters of Python's lzma module.
#include <lzma.h>

#include "module.h"

enum { FORMAT_XZ = 1, FORMAT_ALONE = 2, FORMAT_RAW = 3 };

// One filter as the loader packs it: 32-bit words, ABSENT where the caller gave nothing.
#define ABSENT 0xffffffffu
enum { F_ID, F_PRESET, F_DICT_SIZE, F_LC, F_LP, F_PB, F_MODE, F_NICE_LEN, F_MF, F_DEPTH, F_DIST, F_START, F_WORDS };
enum { ID_LZMA1 = 1, ID_LZMA2, ID_DELTA, ID_X86, ID_POWERPC, ID_IA64, ID_ARM, ID_ARMTHUMB, ID_SPARC, ID_ARM64, ID_RISCV };

static uint32_t packed[LZMA_FILTERS_MAX * F_WORDS];

EXPORT uint32_t *lzma_parameters(void) { return packed; }

// A filter chain with its options.
typedef struct {
  lzma_filter filters[LZMA_FILTERS_MAX + 1];
  union {
    lzma_options_lzma lzma;
    lzma_options_delta delta;
    lzma_options_bcj bcj;
  } options[LZMA_FILTERS_MAX];
} chain;

static const lzma_vli filter_ids[] = {
    [ID_LZMA1] = LZMA_FILTER_LZMA1, [ID_LZMA2] = LZMA_FILTER_LZMA2,       [ID_DELTA] = LZMA_FILTER_DELTA,
    [ID_X86] = LZMA_FILTER_X86,     [ID_POWERPC] = LZMA_FILTER_POWERPC,   [ID_IA64] = LZMA_FILTER_IA64,
    [ID_ARM] = LZMA_FILTER_ARM,     [ID_ARMTHUMB] = LZMA_FILTER_ARMTHUMB, [ID_SPARC] = LZMA_FILTER_SPARC,
    [ID_ARM64] = LZMA_FILTER_ARM64, [ID_RISCV] = LZMA_FILTER_RISCV,
};

static void take(uint32_t word, uint32_t *field) {
  if (word != ABSENT) *field = word;
}

static int32_t unpack_lzma(const uint32_t *words, lzma_options_lzma *options) {
  uint32_t preset = LZMA_PRESET_DEFAULT, mode, finder;
  take(words[F_PRESET], &preset);
  if (lzma_lzma_preset(options, preset)) return ERR_PARAMETERS;
  mode = options->mode, finder = options->mf;
  take(words[F_DICT_SIZE], &options->dict_size);
  take(words[F_LC], &options->lc);
  take(words[F_LP], &options->lp);
  take(words[F_PB], &options->pb);
  take(words[F_MODE], &mode);
  take(words[F_NICE_LEN], &options->nice_len);
  take(words[F_MF], &finder);
  take(words[F_DEPTH], &options->depth);
  options->mode = mode, options->mf = finder;
  return 0;
}

static int32_t unpack(uint32_t count, chain *c) {
  if (count == 0 || count > LZMA_FILTERS_MAX) return ERR_PARAMETERS;
  memset(c, 0, sizeof *c);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t *words = packed + i * F_WORDS, id = words[F_ID];
    if (id < ID_LZMA1 || id > ID_RISCV) return ERR_PARAMETERS;
    c->filters[i].id = filter_ids[id];
    c->filters[i].options = &c->options[i];
    if (id == ID_LZMA1 || id == ID_LZMA2) {
      int32_t failed = unpack_lzma(words, &c->options[i].lzma);
      if (failed) return failed;
    } else if (id == ID_DELTA) {
      c->options[i].delta.type = LZMA_DELTA_TYPE_BYTE;
      c->options[i].delta.dist = LZMA_DELTA_DIST_MIN;
      take(words[F_DIST], &c->options[i].delta.dist);
    } else {
      take(words[F_START], &c->options[i].bcj.start_offset);
    }
  }
  c->filters[count].id = LZMA_VLI_UNKNOWN;
  return 0;
}

static int32_t failure(lzma_ret code) {
  switch (code) {
    case LZMA_OK: return 0;
    case LZMA_MEM_ERROR: return ERR_MEMORY;
    case LZMA_MEMLIMIT_ERROR: return ERR_LIMIT;
    case LZMA_OPTIONS_ERROR: return ERR_UNSUPPORTED;
    case LZMA_BUF_ERROR: return ERR_TRUNCATED;
    case LZMA_PROG_ERROR: return ERR_PARAMETERS;
    default: return ERR_CORRUPT;
  }
}

// Runs a decoder over all of the input. The byte behind a full output is probed with a scratch byte.
static int32_t run_decoder(lzma_stream *stream, sink *out) {
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
    size_t offered = stream->avail_out;
    lzma_ret code = lzma_code(stream, LZMA_FINISH);
    uint32_t made = (uint32_t)(offered - stream->avail_out);
    if (full && made) return ERR_TOO_LONG;
    out->size += made;
    if (code == LZMA_STREAM_END) return stream->avail_in ? ERR_TRAILING : sink_close(out);
    if (code != LZMA_OK) return failure(code);
  }
}

// A raw chain decoded into a known size needs no dictionary beyond that size.
static void trim_dictionary(chain *c, uint32_t size) {
  for (lzma_filter *f = c->filters; f->id != LZMA_VLI_UNKNOWN; f++)
    if (f->id == LZMA_FILTER_LZMA1 || f->id == LZMA_FILTER_LZMA2) {
      lzma_options_lzma *options = f->options;
      uint32_t enough = size < LZMA_DICT_SIZE_MIN ? LZMA_DICT_SIZE_MIN : size;
      if (options->dict_size > enough) options->dict_size = enough;
    }
}

static int32_t start_decoder(lzma_stream *stream, int32_t format, uint32_t filters, uint32_t limit) {
  chain c;
  int32_t failed;
  switch (format) {
    case FORMAT_XZ: return failure(lzma_stream_decoder(stream, WORK_LIMIT, LZMA_CONCATENATED));
    case FORMAT_ALONE: return failure(lzma_alone_decoder(stream, WORK_LIMIT));
    case FORMAT_RAW:
      failed = unpack(filters, &c);
      if (failed) return failed;
      trim_dictionary(&c, limit);
      uint64_t need = lzma_raw_decoder_memusage(c.filters);
      if (need == UINT64_MAX) return ERR_PARAMETERS;
      return need > WORK_LIMIT ? ERR_LIMIT : failure(lzma_raw_decoder(stream, c.filters));
    default: return ERR_PARAMETERS;
  }
}

EXPORT int32_t lzma_decode(const uint8_t *in, uint32_t length, uint32_t region, uint32_t limit, int32_t exact,
                           int32_t format, uint32_t filters) {
  sink out;
  int32_t failed = sink_open(&out, region, limit, exact, (uint64_t)length * 4);
  if (failed) return failed;
  lzma_stream stream = LZMA_STREAM_INIT;
  failed = start_decoder(&stream, format, filters, limit);
  if (!failed) {
    stream.next_in = in;
    stream.avail_in = length;
    failed = run_decoder(&stream, &out);
  }
  lzma_end(&stream);
  return failed;
}

static int32_t start_encoder(lzma_stream *stream, int32_t format, int32_t check, uint32_t preset, uint32_t filters) {
  chain c;
  if (filters == 0) {  // the preset alone, as one LZMA filter
    if (format == FORMAT_RAW) return ERR_PARAMETERS;
    for (uint32_t i = 0; i < F_WORDS; i++) packed[i] = ABSENT;
    packed[F_ID] = format == FORMAT_ALONE ? ID_LZMA1 : ID_LZMA2;
    packed[F_PRESET] = preset;
    filters = 1;
  }
  int32_t failed = unpack(filters, &c);
  if (failed) return failed;
  uint64_t need = lzma_raw_encoder_memusage(c.filters);
  if (need == UINT64_MAX) return ERR_PARAMETERS;
  if (need > WORK_LIMIT) return ERR_LIMIT;
  lzma_ret code = LZMA_PROG_ERROR;
  if (format == FORMAT_XZ) code = lzma_stream_encoder(stream, c.filters, check < 0 ? LZMA_CHECK_CRC64 : check);
  if (format == FORMAT_ALONE && filters == 1 && c.filters[0].id == LZMA_FILTER_LZMA1)
    code = lzma_alone_encoder(stream, &c.options[0].lzma);
  if (format == FORMAT_RAW) code = lzma_raw_encoder(stream, c.filters);
  return code == LZMA_OPTIONS_ERROR || code == LZMA_UNSUPPORTED_CHECK ? ERR_PARAMETERS : failure(code);
}

EXPORT int32_t lzma_encode(const uint8_t *in, uint32_t length, uint32_t region, int32_t format, int32_t check,
                           uint32_t preset, uint32_t filters) {
  if (filters > LZMA_FILTERS_MAX) return ERR_PARAMETERS;
  sink out;
  int32_t failed = sink_open(&out, region, MAX_DECODED, false, length / 4);
  if (failed) return failed;
  lzma_stream stream = LZMA_STREAM_INIT;
  failed = start_encoder(&stream, format, check, preset, filters);
  stream.next_in = in;
  stream.avail_in = length;
  while (!failed) {
    if (out.size == out.capacity && (failed = sink_more(&out)) != 0) break;
    stream.next_out = out.data + out.size;
    stream.avail_out = out.capacity - out.size;
    lzma_ret code = lzma_code(&stream, LZMA_FINISH);
    out.size = (uint32_t)(stream.next_out - out.data);
    if (code == LZMA_STREAM_END) break;
    failed = failure(code);
  }
  lzma_end(&stream);
  return failed ? failed : (int32_t)out.size;
}
