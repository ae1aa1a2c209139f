#ifndef SHUFFLE_H
#define SHUFFLE_H
#include <stddef.h>
#include <stdint.h>
// The four functions c-blosc expects of its shuffle.c; source and destination must not overlap.
void blosc_internal_shuffle(size_t type_size, size_t size, const uint8_t *source, uint8_t *target);
void blosc_internal_unshuffle(size_t type_size, size_t size, const uint8_t *source, uint8_t *target);
int blosc_internal_bitshuffle(size_t type_size, size_t size, const uint8_t *source, uint8_t *target, const uint8_t *work);
int blosc_internal_bitunshuffle(size_t type_size, size_t size, const uint8_t *source, uint8_t *target, const uint8_t *work);
#endif
