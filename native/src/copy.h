#ifndef COPY_H
#define COPY_H
#include <stddef.h>
#include <stdint.h>
void copy_many(uint8_t *target, const uint8_t *source, size_t size);
#endif
