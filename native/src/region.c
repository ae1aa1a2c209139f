// The two regions of memory that hold inputs and outputs, each between guard bytes that the loader checks.
#include <stdlib.h>

#include "module.h"

#define GUARD 64u
#define GUARD_BYTE 0xA5
#define FIRST_GUESS (1u << 16)

typedef struct {
  uint8_t *base;
  uint32_t capacity;
  uint32_t size;  // as last reserved or grown: where the guard behind begins
} region;

static region regions[2];

static uint8_t *data_of(uint32_t index) { return regions[index].base + GUARD; }

static void set_guards(uint32_t index, uint32_t size) {
  regions[index].size = size;
  memset(regions[index].base, GUARD_BYTE, GUARD);
  memset(data_of(index) + size, GUARD_BYTE, GUARD);
}

// Makes room for size bytes (the content is lost) and sets the guards; NULL without memory.
EXPORT uint8_t *region_reserve(uint32_t index, uint32_t size) {
  region *r = &regions[index & 1];
  if (size > MAX_SIZE) return NULL;
  if (!r->base || r->capacity < size) {
    free(r->base);
    r->capacity = r->size = 0;
    r->base = malloc((size_t)size + 2 * GUARD);
    if (!r->base) return NULL;
    r->capacity = size;
  }
  set_guards(index & 1, size);
  return data_of(index & 1);
}

// Enlarges a region to size bytes and keeps the first `keep`.
uint8_t *region_grow(uint32_t index, uint32_t keep, uint32_t size) {
  region *r = &regions[index & 1];
  if (size > MAX_SIZE || keep > r->capacity) return NULL;
  if (r->capacity < size) {
    uint8_t *moved = realloc(r->base, (size_t)size + 2 * GUARD);
    if (!moved) return NULL;
    r->base = moved;
    r->capacity = size;
  }
  set_guards(index & 1, size);
  return data_of(index & 1);
}

EXPORT uint8_t *region_data(uint32_t index) { return regions[index & 1].base ? data_of(index & 1) : NULL; }

EXPORT uint32_t region_size(uint32_t index) { return regions[index & 1].size; }

// Whether the guards before and behind a region are unchanged.
EXPORT int32_t region_intact(uint32_t index) {
  const region *r = &regions[index & 1];
  if (!r->base) return 1;
  uint32_t wrong = 0;
  for (uint32_t i = 0; i < GUARD; i++) {
    wrong |= r->base[i] ^ GUARD_BYTE;
    wrong |= data_of(index & 1)[r->size + i] ^ GUARD_BYTE;
  }
  return wrong == 0;
}

int32_t sink_open(sink *out, uint32_t region, uint32_t limit, bool exact, uint64_t guess) {
  if (limit > MAX_DECODED) return ERR_LIMIT;
  uint32_t capacity = limit;
  if (!exact) {
    if (guess < FIRST_GUESS) guess = FIRST_GUESS;
    if (guess < limit) capacity = (uint32_t)guess;
  }
  uint8_t *data = region_reserve(region, capacity);
  if (!data) return ERR_MEMORY;
  *out = (sink){.region = region, .data = data, .size = 0, .capacity = capacity, .limit = limit, .exact = exact};
  return 0;
}

int32_t sink_more(sink *out) {
  if (out->capacity >= out->limit) return ERR_TOO_LONG;
  uint32_t capacity = out->capacity > out->limit / 2 ? out->limit : out->capacity * 2;
  uint8_t *data = region_grow(out->region, out->size, capacity);
  if (!data) return ERR_MEMORY;
  out->data = data;
  out->capacity = capacity;
  return 0;
}

int32_t sink_close(const sink *out) {
  if (out->exact && out->size < out->limit) return ERR_TOO_SHORT;
  return (int32_t)out->size;
}
