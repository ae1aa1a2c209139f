// Copies items between two strided layouts. The loader checks that all offsets stay inside both buffers.
#include "module.h"

#define MAX_DIMENSIONS 64

typedef struct {
  uint32_t count, source, target;
} dimension;

static dimension dimensions[MAX_DIMENSIONS];

EXPORT dimension *strided_parameters(void) { return dimensions; }

#define ROW(TYPE)                                                         \
  for (uint32_t i = 0; i < last.count; i++) {                             \
    TYPE item;                                                            \
    memcpy(&item, source + (size_t)i * last.source, sizeof item);         \
    memcpy(target + (size_t)i * last.target, &item, sizeof item);         \
  }

static void copy_row(const uint8_t *source, uint8_t *target, dimension last, uint32_t item_size) {
  if (last.source == item_size && last.target == item_size) {
    memcpy(target, source, (size_t)last.count * item_size);
    return;
  }
  switch (item_size) {
    case 1: ROW(uint8_t) return;
    case 2: ROW(uint16_t) return;
    case 4: ROW(uint32_t) return;
    case 8: ROW(uint64_t) return;
    default:
      for (uint32_t i = 0; i < last.count; i++)
        memcpy(target + (size_t)i * last.target, source + (size_t)i * last.source, item_size);
  }
}

// Copies dimension 0 (outermost) to count-1 (innermost) of strided_parameters().
EXPORT void copy_strided(const uint8_t *source, uint8_t *target, uint32_t item_size, uint32_t count) {
  uint32_t at[MAX_DIMENSIONS] = {0};
  if (count == 0) {
    memcpy(target, source, item_size);
    return;
  }
  if (count > MAX_DIMENSIONS) return;
  for (uint32_t d = 0; d < count; d++)
    if (dimensions[d].count == 0) return;
  for (;;) {
    copy_row(source, target, dimensions[count - 1], item_size);
    uint32_t d = count - 1;
    for (;;) {
      if (d == 0) return;
      d--;
      source += dimensions[d].source, target += dimensions[d].target;
      if (++at[d] < dimensions[d].count) break;
      source -= (size_t)dimensions[d].source * at[d], target -= (size_t)dimensions[d].target * at[d];
      at[d] = 0;
    }
  }
}
