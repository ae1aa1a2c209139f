/*
 * Line server for what libblosc itself can do with two threads: read whole chunk files, decode them, copy their rows
 * to their places; and the reverse. The bound that every reader of Blosc chunks can be held against.
 *
 * Arrays are 10000 x 10000 items of 4 bytes in 100 chunks of 1000 x 1000. Operations: fresh (new pages of 4 KiB), huge
 * (new huge pages), reused (the same memory every time), write. Protocol: bench/lib/line-server.js.
 *
 * cc -O2 -pthread native_blosc.c -lblosc
 */
#define _GNU_SOURCE
#include <blosc.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define THREADS 2
#define SIDE 1000
#define CHUNKS 10
#define ITEM 4
#define CHUNK_ROW ((size_t)SIDE * ITEM)
#define CHUNK_BYTES (CHUNK_ROW * SIDE)
#define ARRAY_ROW (CHUNK_ROW * CHUNKS)
#define ARRAY_BYTES (CHUNK_BYTES * CHUNKS * CHUNKS)
#define STORED_BYTES (CHUNK_BYTES + BLOSC_MAX_OVERHEAD)

static char folder[4096], scratch[4096], cname[32];
static int clevel, shuffle;
static char *array;
static atomic_int next_chunk;
static atomic_int failures;

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

static char *place_of(int chunk) {
  return array + (size_t)(chunk / CHUNKS) * SIDE * ARRAY_ROW + (chunk % CHUNKS) * CHUNK_ROW;
}

static void *read_chunks(void *unused) {
  char *stored = malloc(STORED_BYTES), *decoded = malloc(CHUNK_BYTES), path[4200];
  int chunk;
  while ((chunk = next_chunk++) < CHUNKS * CHUNKS) {
    snprintf(path, sizeof path, "%s/%d.%d", folder, chunk / CHUNKS, chunk % CHUNKS);
    int file = open(path, O_RDONLY);
    ssize_t n = file < 0 ? -1 : read(file, stored, STORED_BYTES);
    if (file >= 0) close(file);
    if (n <= 0 || blosc_decompress_ctx(stored, decoded, CHUNK_BYTES, 1) != (int)CHUNK_BYTES) {
      failures++;
      continue;
    }
    char *to = place_of(chunk);
    for (int row = 0; row < SIDE; row++) memcpy(to + row * ARRAY_ROW, decoded + row * CHUNK_ROW, CHUNK_ROW);
  }
  free(stored);
  free(decoded);
  return unused;
}

static void *write_chunks(void *unused) {
  char *stored = malloc(STORED_BYTES), *chunk_items = malloc(CHUNK_BYTES), path[4200], part[4300];
  int chunk;
  while ((chunk = next_chunk++) < CHUNKS * CHUNKS) {
    char *from = place_of(chunk);
    for (int row = 0; row < SIDE; row++) memcpy(chunk_items + row * CHUNK_ROW, from + row * ARRAY_ROW, CHUNK_ROW);
    int n = blosc_compress_ctx(clevel, shuffle, ITEM, CHUNK_BYTES, chunk_items, stored, STORED_BYTES, cname, 0, 1);
    snprintf(path, sizeof path, "%s/%d.%d", scratch, chunk / CHUNKS, chunk % CHUNKS);
    snprintf(part, sizeof part, "%s.part", path);
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (n <= 0 || file < 0 || write(file, stored, n) != n || close(file) || rename(part, path)) failures++;
  }
  free(stored);
  free(chunk_items);
  return unused;
}

static void on_all_threads(void *(*work)(void *)) {
  pthread_t threads[THREADS];
  next_chunk = failures = 0;
  for (int i = 0; i < THREADS; i++) pthread_create(threads + i, 0, work, 0);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], 0);
}

static char *new_array(int advice) {
  char *memory = mmap(0, ARRAY_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  madvise(memory, ARRAY_BYTES, advice);
  return memory;
}

static uint32_t crc32_of(const unsigned char *bytes, size_t length) {
  static uint32_t table[256];
  if (!table[1]) {
    for (uint32_t n = 0; n < 256; n++) {
      uint32_t c = n;
      for (int k = 0; k < 8; k++) c = c & 1 ? (c >> 1) ^ 0xedb88320u : c >> 1;
      table[n] = c;
    }
  }
  uint32_t crc = 0xffffffffu;
  while (length--) crc = table[(crc ^ *bytes++) & 255] ^ (crc >> 8);
  return ~crc;
}

/* open FOLDER SCRATCH CNAME CLEVEL SHUFFLE */
static void open_array(char *words) {
  char *word[5] = {0};
  for (int i = 0; i < 5; i++) word[i] = strsep(&words, "\t");
  if (!word[4]) {
    puts("{\"error\":\"open takes a folder, a scratch folder and Blosc's settings\"}");
    return;
  }
  snprintf(folder, sizeof folder, "%s", word[0]);
  snprintf(scratch, sizeof scratch, "%s", word[1]);
  snprintf(cname, sizeof cname, "%s", word[2]);
  clevel = atoi(word[3]);
  shuffle = atoi(word[4]);
  puts("{\"ok\":true}");
}

static void answer(const char *command, const char *operation, char *kept) {
  int is_fresh = !strcmp(operation, "fresh"), is_huge = !strcmp(operation, "huge");
  int is_write = !strcmp(operation, "write");
  if (!is_fresh && !is_huge && !is_write && strcmp(operation, "reused")) {
    printf("{\"absent\":\"%s\"}\n", operation);
    return;
  }
  if (is_write) {
    array = kept;
    on_all_threads(read_chunks);
  }
  double cpu = now(CLOCK_PROCESS_CPUTIME_ID), start = now(CLOCK_MONOTONIC);
  array = is_fresh ? new_array(MADV_NOHUGEPAGE) : is_huge ? new_array(MADV_HUGEPAGE) : kept;
  on_all_threads(is_write ? write_chunks : read_chunks);
  double ms = now(CLOCK_MONOTONIC) - start;
  cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  if (failures) printf("{\"error\":\"%d chunks failed\"}\n", (int)failures);
  else if (!strcmp(command, "check")) printf("{\"crc\":%u}\n", crc32_of((unsigned char *)array, ARRAY_BYTES));
  else printf("{\"ms\":%f,\"cpu\":%f}\n", ms, cpu);
  if (is_fresh || is_huge) munmap(array, ARRAY_BYTES);
}

int main(void) {
  static char line[16384];
  blosc_init();
  char *kept = new_array(MADV_NOHUGEPAGE);
  memset(kept, 1, ARRAY_BYTES);
  printf("{\"version\":\"%s\",\"threads\":%d}\n", BLOSC_VERSION_STRING, THREADS);
  fflush(stdout);
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    char *words = line, *command = strsep(&words, "\t");
    if (!words) puts("{\"error\":\"a command needs words\"}");
    else if (!strcmp(command, "open")) open_array(words);
    else answer(command, strsep(&words, "\t"), kept);
    fflush(stdout);
  }
  return 0;
}
