#!/bin/bash
# Builds codecs.wasm and the TypeScript file that carries it. usage: build.sh [WORK-FOLDER]
# Needs bash, patch, python3, node and Debian's package emscripten; see README.md. The work folder (default: a
# temporary one) keeps the source archives in archives/ and the unpacked sources and objects in build/.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -gt 0 ]; then mkdir -p "$1"; work=$(cd "$1" && pwd); else work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; fi
generated=$here/../src/main/engine/codecs/wasm/module.generated.ts

"$here/fetch-sources.sh" "$work/archives"
rm -rf "$work/build"
mkdir -p "$work/build/objects"
cd "$work/build"
grep -v '^#' "$here/sources.txt" | while read -r _ _ archive _ folder; do
  tar -xf "$work/archives/$archive"
  patch_file=$here/patches/${folder%-*}.patch
  if [ -f "$patch_file" ]; then (cd "$folder" && patch -p1 -s --fuzz=0 < "$patch_file"); fi
done
cp -r "$here/src" own

# --- what is compiled, with which flags ---
common='-O3 -DNDEBUG -msimd128 -msse2 -Wno-everything -fno-exceptions -ffile-prefix-map='"$PWD"'=.'
own_flags='-Wall -Wextra -Werror -DLZMA_API_STATIC -Ixz-5.8.1/src/liblzma/api'
lz4_flags='-DLZ4_FAST_DEC_LOOP=1'
zstd_flags='-DZSTD_DISABLE_ASM -DXXH_NAMESPACE=ZSTD_ -DZSTD_LEGACY_SUPPORT=0 -DZSTD_NO_TRACE -DDEBUGLEVEL=0'
# no stdio and no environment: nothing of the module reaches outside
blosc_flags='-DHAVE_LZ4 -DHAVE_ZLIB -DHAVE_ZSTD -D_POSIX_C_SOURCE=200809L -include own/quiet.h'
lzma=xz-5.8.1/src/liblzma
lzma_flags="-DHAVE_CONFIG_H -Iown/liblzma $(printf -- "-I$lzma/%s " api common check lz lzma delta simple rangecoder)-Ixz-5.8.1/src/common"
headers='-Ic-blosc-1.21.5/blosc -Ilz4-1.10.0/lib -Izstd-1.5.7/lib -Izlib-1.3.1 -Ibzip2-1.0.8'

list() { # flags, files
  local flags=$1 file
  shift
  for file in "$@"; do echo "emcc $common $flags $headers -c $file -o objects/$(echo "${file%.c}" | tr / -).o"; done
}
{
  list "$own_flags" $(ls own/*.c | grep -v /copy.c)
  list "$own_flags -mbulk-memory" own/copy.c
  list "$blosc_flags" c-blosc-1.21.5/blosc/{blosc,blosclz,fastcopy}.c
  list "$lz4_flags" lz4-1.10.0/lib/{lz4,lz4hc}.c
  list "$zstd_flags" zstd-1.5.7/lib/{common,compress,decompress}/*.c
  list '-DHAVE_UNISTD_H' zlib-1.3.1/{adler32,crc32,deflate,inflate,inftrees,inffast,trees,zutil,compress,uncompr}.c
  list '-DBZ_NO_STDIO' bzip2-1.0.8/{blocksort,huffman,crctable,randtable,compress,decompress,bzlib}.c
  list "$lzma_flags" $(cat own/liblzma/files.txt | sed "s|^|$lzma/|")
} > commands
xargs -P "$(nproc)" -I{} bash -c '{}' < commands

# --- one module: no imports but those of the standard library's stubs, at most 3 GiB of memory ---
emcc $common $(sed 's/.* -o //' commands) -o codecs.wasm --no-entry \
  -s STANDALONE_WASM=1 -s ALLOW_MEMORY_GROWTH=1 -s INITIAL_MEMORY=4194304 -s MAXIMUM_MEMORY=3221225472 \
  -s TOTAL_STACK=1048576

cp codecs.wasm "$here/codecs.wasm"
node "$here/write-module.js" codecs.wasm "$generated"
sha256sum "$here/codecs.wasm"
wc -c < "$here/codecs.wasm"
