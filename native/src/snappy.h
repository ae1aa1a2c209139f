#ifndef SNAPPY_H
#define SNAPPY_H
#include <stdint.h>
int32_t snappy_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t expected);
#endif
