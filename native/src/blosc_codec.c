// Blosc frames. Writing is c-blosc's; reading is our own, because a frame from anywhere must be checked field by field
// and because parts of a frame are read without the rest. The layout (all integers little-endian):
//   0 version (2), 1 version of the inner format, 2 flags, 3 type size, 4 u32 nbytes, 8 u32 block size, 12 u32 cbytes;
//   u32 offsets of the blocks from the start of the frame; then per block and split: i32 size, bytes.
#include <blosc.h>
#include <blosclz.h>
#include <stdlib.h>

#include "blocks.h"
#include "copy.h"
#include "module.h"
#include "shuffle.h"
#include "snappy.h"

#define HEADER 16u
#define MAX_SPLITS 16u
#define MIN_SPLIT_ITEMS 128u

typedef struct {
  uint32_t flags, type_size, nbytes, block_size, cbytes, blocks;
} frame;

typedef int32_t (*block_reader)(const uint8_t *, uint32_t, uint8_t *, uint32_t);

static int32_t blosclz_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t expected) {
  int done = blosclz_decompress(in, (int)length, out, (int)expected);
  return done <= 0 ? ERR_CORRUPT : (uint32_t)done < expected ? ERR_TOO_SHORT : done;
}

// By the inner format in flag bits 5-7.
static const block_reader readers[8] = {blosclz_read, lz4_read, snappy_read, zlib_read, zstd_read};

static bool stored(const frame *f) { return f->flags & BLOSC_MEMCPYED; }

// Reads and checks the header of a frame of `length` bytes.
static int32_t read_header(const uint8_t *in, uint32_t length, frame *f) {
  if (length < HEADER) return ERR_TRUNCATED;
  *f = (frame){.flags = in[2], .type_size = in[3], .nbytes = load32(in + 4), .block_size = load32(in + 8),
               .cbytes = load32(in + 12)};
  if (in[0] != BLOSC_VERSION_FORMAT || f->flags & 8) return ERR_UNSUPPORTED;
  if (f->cbytes > length) return ERR_TRUNCATED;
  if (f->cbytes < length) return ERR_TRAILING;
  if (f->type_size == 0) return ERR_HEADER;
  if (f->nbytes > MAX_DECODED) return ERR_LIMIT;
  if (stored(f)) return f->cbytes == f->nbytes + HEADER ? 0 : ERR_HEADER;
  if (f->nbytes == 0) return f->cbytes >= HEADER ? 0 : ERR_HEADER;
  if (f->block_size == 0 || f->block_size > f->nbytes || f->block_size > BLOSC_MAX_BLOCKSIZE) return ERR_HEADER;
  f->blocks = (f->nbytes - 1) / f->block_size + 1;
  if (f->blocks > (f->cbytes - HEADER) / 4) return ERR_HEADER;
  if (!readers[f->flags >> 5] || in[1] != 1) return ERR_UNSUPPORTED;
  return 0;
}

static uint32_t size_of_block(const frame *f, uint32_t block) {
  uint32_t rest = f->nbytes - block * f->block_size;
  return rest < f->block_size ? rest : f->block_size;
}

// Decodes one block, whose bytes start at `in`, into its exact size at `out`. `work` holds block_size bytes.
static int32_t read_block(const frame *f, uint32_t block, const uint8_t *in, uint32_t length, uint8_t *out,
                          uint8_t *work) {
  const uint32_t size = size_of_block(f, block), type_size = f->type_size;
  const bool bytes = f->flags & BLOSC_DOSHUFFLE && type_size > 1;
  const bool bits = !bytes && f->flags & BLOSC_DOBITSHUFFLE && size >= type_size;
  const bool split = !(f->flags & 16) && type_size <= MAX_SPLITS && f->block_size / type_size >= MIN_SPLIT_ITEMS &&
                     size == f->block_size;
  const uint32_t splits = split ? type_size : 1, part = size / splits;
  if (part * splits != size) return ERR_HEADER;
  uint8_t *target = bytes || bits ? work : out;
  for (uint32_t i = 0; i < splits; i++) {
    if (length < 4) return ERR_TRUNCATED;
    const uint32_t packed = load32(in);
    in += 4, length -= 4;
    if (packed > 0x7fffffffu) return ERR_CORRUPT;
    if (packed > length) return ERR_TRUNCATED;
    if (packed == part) {
      copy_many(target + i * part, in, part);
    } else {
      int32_t done = readers[f->flags >> 5](in, packed, target + i * part, part);
      if (done < 0) return done;
    }
    in += packed, length -= packed;
  }
  if (bytes) blosc_internal_unshuffle(type_size, size, work, out);
  if (bits) blosc_internal_bitunshuffle(type_size, size, work, out, NULL);
  return (int32_t)size;
}

// Decodes a block of a complete frame.
static int32_t read_block_of_frame(const frame *f, uint32_t block, const uint8_t *in, uint8_t *out, uint8_t *work) {
  const uint32_t start = load32(in + HEADER + 4 * block);
  if (start < HEADER || start >= f->cbytes) return ERR_HEADER;
  return read_block(f, block, in + start, f->cbytes - start, out, work);
}

EXPORT int32_t blosc_decode(const uint8_t *in, uint32_t length, uint32_t region, uint32_t limit, int32_t exact) {
  frame f;
  int32_t failed = read_header(in, length, &f);
  if (failed) return failed;
  if (f.nbytes > limit) return ERR_TOO_LONG;
  if (exact && f.nbytes < limit) return ERR_TOO_SHORT;
  uint8_t *out = region_reserve(region, f.nbytes);
  if (!out) return ERR_MEMORY;
  if (stored(&f)) {
    copy_many(out, in + HEADER, f.nbytes);
    return (int32_t)f.nbytes;
  }
  uint8_t *work = malloc(f.block_size ? f.block_size : 1);
  if (!work) return ERR_MEMORY;
  for (uint32_t i = 0; i < f.blocks && failed >= 0; i++)
    failed = read_block_of_frame(&f, i, in, out + i * f.block_size, work);
  free(work);
  return failed < 0 ? failed : (int32_t)f.nbytes;
}

// Decodes the items start..start+count of a complete frame, block by block.
EXPORT int32_t blosc_decode_items(const uint8_t *in, uint32_t length, uint32_t region, uint32_t start,
                                  uint32_t count) {
  frame f;
  int32_t failed = read_header(in, length, &f);
  if (failed) return failed;
  const uint64_t from = (uint64_t)start * f.type_size, to = from + (uint64_t)count * f.type_size;
  if (to > f.nbytes) return ERR_PARAMETERS;
  const uint32_t size = (uint32_t)(to - from);
  uint8_t *out = region_reserve(region, size);
  if (!out) return ERR_MEMORY;
  if (size == 0 || stored(&f)) {
    copy_many(out, in + HEADER + from, size);
    return (int32_t)size;
  }
  uint8_t *work = malloc((size_t)f.block_size * 2);
  if (!work) return ERR_MEMORY;
  uint8_t *whole = work + f.block_size;
  for (uint32_t i = (uint32_t)(from / f.block_size); (uint64_t)i * f.block_size < to; i++) {
    const uint64_t base = (uint64_t)i * f.block_size, end = base + size_of_block(&f, i);
    const uint64_t a = from > base ? from : base, b = to < end ? to : end;
    const bool all = a == base && b == end;
    uint8_t *target = all ? out + (base - from) : whole;
    failed = read_block_of_frame(&f, i, in, target, work);
    if (failed < 0) break;
    if (!all) copy_many(out + (a - from), whole + (a - base), (size_t)(b - a));
  }
  free(work);
  return failed < 0 ? failed : (int32_t)size;
}

// Decodes one block of a frame of which only this block's bytes are at hand; the loader has checked the header.
EXPORT int32_t blosc_decode_block(const uint8_t *in, uint32_t length, uint32_t region, uint32_t flags,
                                  uint32_t type_size, uint32_t nbytes, uint32_t block_size, uint32_t block) {
  if (type_size == 0 || type_size > 255 || nbytes > MAX_DECODED || block_size == 0 || block_size > nbytes)
    return ERR_PARAMETERS;
  if (block > (nbytes - 1) / block_size || flags > 255 || flags & BLOSC_MEMCPYED) return ERR_PARAMETERS;
  if (!readers[flags >> 5]) return ERR_UNSUPPORTED;
  const frame f = {.flags = flags, .type_size = type_size, .nbytes = nbytes, .block_size = block_size};
  uint8_t *out = region_reserve(region, size_of_block(&f, block)), *work = malloc(block_size);
  int32_t result = ERR_MEMORY;
  if (out && work) result = read_block(&f, block, in, length, out, work);
  free(work);
  return result;
}

// Writes a frame as numcodecs does: the room it gives c-blosc decides when data is stored.
EXPORT int32_t blosc_encode(const uint8_t *in, uint32_t length, uint32_t region, uint32_t compressor, int32_t level,
                            int32_t shuffle, uint32_t type_size, uint32_t block_size) {
  static const char *const names[] = {"blosclz", "lz4", "lz4hc", "zlib", "zstd"};
  if (compressor >= 5 || level < 0 || level > 9 || shuffle < 0 || shuffle > 2 || type_size == 0) return ERR_PARAMETERS;
  if (length > MAX_SIZE - BLOSC_MAX_OVERHEAD || block_size > MAX_SIZE) return ERR_LIMIT;
  uint8_t *out = region_reserve(region, length + BLOSC_MAX_OVERHEAD);
  if (!out) return ERR_MEMORY;
  int done = blosc_compress_ctx(level, shuffle, type_size, length, in, out, length + BLOSC_MAX_OVERHEAD,
                                names[compressor], block_size, 1);
  return done <= 0 ? ERR_MEMORY : done;
}
