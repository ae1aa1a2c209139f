// Copies of many bytes. This file alone is compiled with -mbulk-memory, whose memory.copy is fastest for long copies
// and slower than the library's loop for the short ones that the codecs make.
#include "copy.h"

#include <string.h>

void copy_many(uint8_t *target, const uint8_t *source, size_t size) { memcpy(target, source, size); }
