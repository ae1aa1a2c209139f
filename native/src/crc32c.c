// CRC-32C (Castagnoli), eight bytes at a time.
#include "module.h"

static uint32_t table[8][256];

static void fill_table(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
    table[0][i] = crc;
  }
  for (uint32_t i = 0; i < 256; i++)
    for (int k = 1; k < 8; k++) table[k][i] = (table[k - 1][i] >> 8) ^ table[0][table[k - 1][i] & 255];
}

EXPORT uint32_t crc32c(const uint8_t *in, uint32_t length, uint32_t seed) {
  if (!table[0][1]) fill_table();
  uint32_t crc = ~seed;
  for (; length >= 8; length -= 8, in += 8) {
    uint32_t low = load32(in) ^ crc, high = load32(in + 4);
    crc = table[7][low & 255] ^ table[6][(low >> 8) & 255] ^ table[5][(low >> 16) & 255] ^ table[4][low >> 24] ^
          table[3][high & 255] ^ table[2][(high >> 8) & 255] ^ table[1][(high >> 16) & 255] ^ table[0][high >> 24];
  }
  while (length--) crc = (crc >> 8) ^ table[0][(crc ^ *in++) & 255];
  return ~crc;
}
