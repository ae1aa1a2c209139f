// Byte and bit shuffle with WASM SIMD, in place of c-blosc's own. Layouts as in c-blosc: byte shuffle puts byte k of
// all items into plane k; bit shuffle does the same with bits, and only when the number of items is a multiple of 8
// (otherwise the bytes are copied). Bytes behind the last whole item are copied.
#include "shuffle.h"

#include <string.h>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#define INLINE static inline __attribute__((always_inline))
#define LOW(a, b) wasm_i8x16_shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define HIGH(a, b) wasm_i8x16_shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#define EVEN(a, b) wasm_i8x16_shuffle(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
#define ODD(a, b) wasm_i8x16_shuffle(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)

INLINE v128_t load(const void *p) { return wasm_v128_load(p); }
INLINE void store(void *p, v128_t v) { wasm_v128_store(p, v); }

// 16 bytes from each of `group` planes (1, 2, 4 or 8; `stride` bytes apart) to 16 items of `group` bytes.
INLINE void join16(size_t group, const uint8_t *p, size_t stride, uint8_t *d) {
  if (group == 1) {
    store(d, load(p));
  } else if (group == 2) {
    v128_t a = load(p), b = load(p + stride);
    store(d, LOW(a, b)), store(d + 16, HIGH(a, b));
  } else if (group == 4) {
    v128_t a = load(p), b = load(p + stride), c = load(p + 2 * stride), e = load(p + 3 * stride);
    v128_t ac = LOW(a, c), ac2 = HIGH(a, c), be = LOW(b, e), be2 = HIGH(b, e);
    store(d, LOW(ac, be)), store(d + 16, HIGH(ac, be));
    store(d + 32, LOW(ac2, be2)), store(d + 48, HIGH(ac2, be2));
  } else {
    v128_t a0 = load(p), a1 = load(p + stride), a2 = load(p + 2 * stride), a3 = load(p + 3 * stride);
    v128_t a4 = load(p + 4 * stride), a5 = load(p + 5 * stride), a6 = load(p + 6 * stride), a7 = load(p + 7 * stride);
    v128_t x0 = LOW(a0, a4), y0 = HIGH(a0, a4), x1 = LOW(a1, a5), y1 = HIGH(a1, a5);
    v128_t x2 = LOW(a2, a6), y2 = HIGH(a2, a6), x3 = LOW(a3, a7), y3 = HIGH(a3, a7);
    v128_t u0 = LOW(x0, x2), u1 = HIGH(x0, x2), w0 = LOW(x1, x3), w1 = HIGH(x1, x3);
    v128_t u2 = LOW(y0, y2), u3 = HIGH(y0, y2), w2 = LOW(y1, y3), w3 = HIGH(y1, y3);
    store(d, LOW(u0, w0)), store(d + 16, HIGH(u0, w0)), store(d + 32, LOW(u1, w1)), store(d + 48, HIGH(u1, w1));
    store(d + 64, LOW(u2, w2)), store(d + 80, HIGH(u2, w2)), store(d + 96, LOW(u3, w3)), store(d + 112, HIGH(u3, w3));
  }
}

// The inverse of join16.
INLINE void split16(size_t group, const uint8_t *d, uint8_t *p, size_t stride) {
  if (group == 1) {
    store(p, load(d));
  } else if (group == 2) {
    v128_t a = load(d), b = load(d + 16);
    store(p, EVEN(a, b)), store(p + stride, ODD(a, b));
  } else if (group == 4) {
    v128_t a = load(d), b = load(d + 16), c = load(d + 32), e = load(d + 48);
    v128_t x = EVEN(a, b), y = EVEN(c, e), z = ODD(a, b), w = ODD(c, e);
    store(p, EVEN(x, y)), store(p + 2 * stride, ODD(x, y));
    store(p + stride, EVEN(z, w)), store(p + 3 * stride, ODD(z, w));
  } else {
    v128_t a0 = load(d), a1 = load(d + 16), a2 = load(d + 32), a3 = load(d + 48);
    v128_t a4 = load(d + 64), a5 = load(d + 80), a6 = load(d + 96), a7 = load(d + 112);
    v128_t e0 = EVEN(a0, a1), e1 = EVEN(a2, a3), e2 = EVEN(a4, a5), e3 = EVEN(a6, a7);
    v128_t o0 = ODD(a0, a1), o1 = ODD(a2, a3), o2 = ODD(a4, a5), o3 = ODD(a6, a7);
    v128_t ee0 = EVEN(e0, e1), ee1 = EVEN(e2, e3), eo0 = ODD(e0, e1), eo1 = ODD(e2, e3);
    v128_t oe0 = EVEN(o0, o1), oe1 = EVEN(o2, o3), oo0 = ODD(o0, o1), oo1 = ODD(o2, o3);
    store(p, EVEN(ee0, ee1)), store(p + 4 * stride, ODD(ee0, ee1));
    store(p + 2 * stride, EVEN(eo0, eo1)), store(p + 6 * stride, ODD(eo0, eo1));
    store(p + stride, EVEN(oe0, oe1)), store(p + 5 * stride, ODD(oe0, oe1));
    store(p + 3 * stride, EVEN(oo0, oo1)), store(p + 7 * stride, ODD(oo0, oo1));
  }
}

// Item sizes other than 1, 2, 4, 8 are taken apart into groups of those sizes.
#define GROUP(rest) ((rest) >= 8 ? 8 : (rest) >= 4 ? 4 : (rest) >= 2 ? 2 : 1)
#define EACH_GROUP(group, CALL) \
  switch (group) {              \
    case 8: {                   \
      enum { G = 8 };           \
      CALL;                     \
    } break;                    \
    case 4: {                   \
      enum { G = 4 };           \
      CALL;                     \
    } break;                    \
    case 2: {                   \
      enum { G = 2 };           \
      CALL;                     \
    } break;                    \
    default: {                  \
      enum { G = 1 };           \
      CALL;                     \
    }                           \
  }

static void join16_any(size_t type_size, const uint8_t *p, size_t stride, uint8_t *d) {
  uint8_t lanes[128];
  for (size_t k = 0, group; k < type_size; k += group) {
    group = GROUP(type_size - k);
    EACH_GROUP(group, {
      join16(G, p + k * stride, stride, lanes);
      for (size_t i = 0; i < 16; i++) memcpy(d + i * type_size + k, lanes + i * G, G);
    })
  }
}

static void split16_any(size_t type_size, const uint8_t *d, uint8_t *p, size_t stride) {
  uint8_t lanes[128];
  for (size_t k = 0, group; k < type_size; k += group) {
    group = GROUP(type_size - k);
    EACH_GROUP(group, {
      for (size_t i = 0; i < 16; i++) memcpy(lanes + i * G, d + i * type_size + k, G);
      split16(G, lanes, p + k * stride, stride);
    })
  }
}

// Two independent transpositions of 8 x 8 bits.
INLINE v128_t transpose8x8(v128_t x) {
  v128_t t = wasm_v128_and(wasm_v128_xor(x, wasm_u64x2_shr(x, 7)), wasm_i64x2_splat(0x00AA00AA00AA00AALL));
  x = wasm_v128_xor(x, wasm_v128_xor(t, wasm_i64x2_shl(t, 7)));
  t = wasm_v128_and(wasm_v128_xor(x, wasm_u64x2_shr(x, 14)), wasm_i64x2_splat(0x0000CCCC0000CCCCLL));
  x = wasm_v128_xor(x, wasm_v128_xor(t, wasm_i64x2_shl(t, 14)));
  t = wasm_v128_and(wasm_v128_xor(x, wasm_u64x2_shr(x, 28)), wasm_i64x2_splat(0x00000000F0F0F0F0LL));
  return wasm_v128_xor(x, wasm_v128_xor(t, wasm_i64x2_shl(t, 28)));
}

// 8 rows of 128 bits (`stride` bytes apart), the lowest bit first, to 128 bytes.
INLINE void join_bits(const uint8_t *p, size_t stride, uint8_t *q) {
  join16(8, p, stride, q);
  for (int k = 0; k < 8; k++) store(q + 16 * k, transpose8x8(load(q + 16 * k)));
}

// The inverse of join_bits. Rows are written 16 bytes at a time: they lie so far apart that they share lines of a cache.
INLINE void split_bits(const uint8_t *q, uint8_t *p, size_t stride) {
  uint8_t bits[128];
  for (int k = 0; k < 8; k++) store(bits + 16 * k, transpose8x8(load(q + 16 * k)));
  split16(8, bits, p, stride);
}

// Runs BODY with T a constant for the common item sizes.
#define EACH_SIZE(type_size, BODY)    \
  switch (type_size) {                \
    case 1: {                         \
      enum { T = 1 };                 \
      BODY(join16, split16);          \
    } break;                          \
    case 2: {                         \
      enum { T = 2 };                 \
      BODY(join16, split16);          \
    } break;                          \
    case 4: {                         \
      enum { T = 4 };                 \
      BODY(join16, split16);          \
    } break;                          \
    case 8: {                         \
      enum { T = 8 };                 \
      BODY(join16, split16);          \
    } break;                          \
    default: {                        \
      const size_t T = type_size;     \
      BODY(join16_any, split16_any);  \
    }                                 \
  }
#else
#define EACH_SIZE(type_size, BODY)
#endif

void blosc_internal_unshuffle(size_t type_size, size_t size, const uint8_t *source, uint8_t *target) {
  const size_t n = size / type_size;
  size_t i = 0;
#define BODY(join, split) \
  for (; i + 16 <= n; i += 16) join(T, source + i, n, target + i * T)
  EACH_SIZE(type_size, BODY)
#undef BODY
  for (; i < n; i++)
    for (size_t k = 0; k < type_size; k++) target[i * type_size + k] = source[k * n + i];
  memcpy(target + n * type_size, source + n * type_size, size - n * type_size);
}

void blosc_internal_shuffle(size_t type_size, size_t size, const uint8_t *source, uint8_t *target) {
  const size_t n = size / type_size;
  size_t i = 0;
#define BODY(join, split) \
  for (; i + 16 <= n; i += 16) split(T, source + i * T, target + i, n)
  EACH_SIZE(type_size, BODY)
#undef BODY
  for (; i < n; i++)
    for (size_t k = 0; k < type_size; k++) target[k * n + i] = source[i * type_size + k];
  memcpy(target + n * type_size, source + n * type_size, size - n * type_size);
}

// Bit shuffle works on 128 items at a time: bits to bytes (planes), then bytes to items. type_size is at most 255.
#define MAX_TYPE_SIZE 255

int blosc_internal_bitunshuffle(size_t type_size, size_t size, const uint8_t *source, uint8_t *target,
                                const uint8_t *work) {
  const size_t n = size / type_size, row = n / 8;
  size_t i = 0;
  (void)work;
  if (n % 8) {
    memcpy(target, source, size);
    return (int)n;
  }
#ifdef __wasm_simd128__
  uint8_t planes[128 * MAX_TYPE_SIZE];
#define BODY(join, split)                                                                        \
  for (; i + 128 <= n; i += 128) {                                                               \
    for (size_t k = 0; k < T; k++) join_bits(source + k * 8 * row + i / 8, row, planes + 128 * k); \
    for (size_t j = 0; j < 128; j += 16) join(T, planes + j, 128, target + (i + j) * T);         \
  }
  EACH_SIZE(type_size, BODY)
#undef BODY
#endif
  for (; i < n; i++)
    for (size_t k = 0; k < type_size; k++) {
      uint8_t byte = 0;
      for (size_t bit = 0; bit < 8; bit++) byte |= ((source[(k * 8 + bit) * row + i / 8] >> (i % 8)) & 1) << bit;
      target[i * type_size + k] = byte;
    }
  memcpy(target + n * type_size, source + n * type_size, size - n * type_size);
  return (int)n;
}

int blosc_internal_bitshuffle(size_t type_size, size_t size, const uint8_t *source, uint8_t *target,
                              const uint8_t *work) {
  const size_t n = size / type_size, row = n / 8;
  size_t i = 0;
  (void)work;
  if (n % 8) {
    memcpy(target, source, size);
    return (int)n;
  }
#ifdef __wasm_simd128__
  uint8_t planes[128 * MAX_TYPE_SIZE];
#define BODY(join, split)                                                                         \
  for (; i + 128 <= n; i += 128) {                                                                \
    for (size_t j = 0; j < 128; j += 16) split(T, source + (i + j) * T, planes + j, 128);         \
    for (size_t k = 0; k < T; k++) split_bits(planes + 128 * k, target + k * 8 * row + i / 8, row); \
  }
  EACH_SIZE(type_size, BODY)
#undef BODY
#endif
  for (size_t k = 0; k < type_size && i < n; k++)
    for (size_t bit = 0; bit < 8; bit++)
      for (size_t j = i / 8; j < row; j++) {
        uint8_t byte = 0;
        for (size_t e = 0; e < 8; e++) byte |= ((source[(j * 8 + e) * type_size + k] >> bit) & 1) << e;
        target[(k * 8 + bit) * row + j] = byte;
      }
  memcpy(target + n * type_size, source + n * type_size, size - n * type_size);
  return (int)n;
}
