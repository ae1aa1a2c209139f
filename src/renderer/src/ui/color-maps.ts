/** Colour maps under the names the field knows them by. Stops are evenly spaced; colours between them are mixed. */
export type Rgb = readonly [number, number, number]

export type ColorMapGroup = 'sequential' | 'diverging' | 'categorical'

export interface ColorMap {
  group: ColorMapGroup
  /** Evenly spaced stops; of a categorical map its colours. */
  colors: readonly Rgb[]
}

const hex = (group: ColorMapGroup, text: string): ColorMap => ({
  group,
  colors: text.split(' ').map((six): Rgb => {
    const n = Number.parseInt(six, 16)
    return [n >> 16, (n >> 8) & 255, n & 255]
  }),
})

export const COLOR_MAPS = {
  viridis: hex(
    'sequential',
    '440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725',
  ),
  plasma: hex(
    'sequential',
    '0d0887 310597 4c02a1 6600a7 7e03a8 9511a1 aa2395 bc3587 cc4778 da5a6a e66c5c f0804e f89540 fdac33 fdc527 f8df25 f0f921',
  ),
  inferno: hex(
    'sequential',
    '000004 0b0724 210c4a 3d0965 57106e 71196e 8a226a a32c61 bc3754 d24644 e45a31 f1731d f98e09 fcac11 f9cb35 f2ea69 fcffa4',
  ),
  magma: hex(
    'sequential',
    '000004 0a0822 1d1147 36106b 51127c 6a1c81 832681 9c2e7f b73779 d0416f e75263 f56b5c fc8961 fea772 fec488 fde2a3 fcfdbf',
  ),
  cividis: hex(
    'sequential',
    '002051 012b65 11366c 26426e 3c4d6e 51586e 62646f 727071 7f7c75 8c8877 9a9478 a9a177 bbaf71 cebd68 e2cb5c f3da4f fdea45',
  ),
  turbo: hex(
    'sequential',
    '23171b 493eae 4569ee 3295f7 26bce1 29dcbc 3ff393 65fd6e 95fb51 c5ec3c ecd12e ffad24 ff821d f05616 cb2f0d a31302 900c00',
  ),
  gray: hex('sequential', '000000 ffffff'),
  Blues: hex(
    'sequential',
    'f7fbff ebf3fb deebf7 d2e3f3 c3dbee b1d2e8 9cc8e2 84bcdb 6daed5 57a0ce 4391c6 3281bd 2271b4 1561a8 0c5198 094083 08306b',
  ),
  YlGnBu: hex(
    'sequential',
    'ffffd9 f6fbc6 eaf7b8 d9f0b3 c1e7b5 a3dbb8 81cebb 61c1bf 45b4c2 30a3c1 248fbd 2077b4 2260a9 234a9d 20378d 162975 081d58',
  ),
  YlOrRd: hex(
    'sequential',
    'ffffcc fff6b6 ffeda0 ffe38b fed676 fec562 feb250 fd9f45 fd893c fc6d33 f8502b ef3524 e11e20 cf0e21 b90424 9e0126 800026',
  ),
  RdBu: hex(
    'diverging',
    '67001f 941127 b82d35 d1574b e48268 f3aa8c faccb4 fae4d8 f2efee deebf2 bfdceb 98c7df 6bacd0 448ec1 2a71ae 17518e 053061',
  ),
  RdYlBu: hex(
    'diverging',
    'a50026 c31f28 dd4030 ee6640 f88d52 fcb369 fed284 feeaa2 faf8c1 eaf7e0 d1ebef b1daea 90c2dd 6fa5cd 5382bb 3f5da8 313695',
  ),
  PuOr: hex(
    'diverging',
    '2d004b 461a70 5f3d8f 7b67a8 998ebf b5b0d4 cecde4 e3e4ee f3eeea fbe7cd fdd5a0 fabb6e ee9d3d d97e1a be630b 9f4e07 7f3b08',
  ),
  BrBG: hex(
    'diverging',
    '543005 774509 985e15 b77d2e cea156 e1c485 efddb0 f4ecd4 eef1ea d7edea b3e1db 88cec4 5bb2a8 319189 12736a 03574d 003c30',
  ),
  Spectral: hex(
    'diverging',
    '9e0142 bf2749 db494a ee6949 f88e53 fcb368 fed281 feea9e fbf8b0 eef8a8 d5ee9f b1e0a1 89cfa5 61b7ab 4696b3 4673b1 5e4fa2',
  ),
  tab10: hex('categorical', '4e79a7 f28e2c e15759 76b7b2 59a14f edc949 af7aa1 ff9da7 9c755f bab0ab'),
  Set3: hex(
    'categorical',
    '8dd3c7 ffffb3 bebada fb8072 80b1d3 fdb462 b3de69 fccde5 d9d9d9 bc80bd ccebc5 ffed6f',
  ),
  Dark2: hex('categorical', '1b9e77 d95f02 7570b3 e7298a 66a61e e6ab02 a6761d 666666'),
  Paired: hex(
    'categorical',
    'a6cee3 1f78b4 b2df8a 33a02c fb9a99 e31a1c fdbf6f ff7f00 cab2d6 6a3d9a ffff99 b15928',
  ),
} satisfies Record<string, ColorMap>

export type ColorMapName = keyof typeof COLOR_MAPS

/** The names of a group, in the order of the table. */
export const colorMapNames = (group: ColorMapGroup): ColorMapName[] =>
  (Object.keys(COLOR_MAPS) as ColorMapName[]).filter((name) => COLOR_MAPS[name].group === group)

/** The colour at `t`, 0 to 1, of a map that is not categorical. */
export function colorAt(name: ColorMapName, t: number, reversed = false): Rgb {
  const { colors } = COLOR_MAPS[name]
  const inside = Math.min(1, Math.max(0, t))
  const at = (reversed ? 1 - inside : inside) * (colors.length - 1)
  const i = Math.min(colors.length - 2, Math.floor(at))
  const [a, b] = [colors[i] ?? BLACK, colors[i + 1] ?? BLACK]
  const mix = (k: 0 | 1 | 2): number => Math.round(a[k] + (b[k] - a[k]) * (at - i))
  return [mix(0), mix(1), mix(2)]
}

/** The colour of the n-th category; they come again when there are more categories than colours. */
export function categoryColor(name: ColorMapName, n: number, reversed = false): Rgb {
  const { colors } = COLOR_MAPS[name]
  const at = n % colors.length
  return colors[reversed ? colors.length - 1 - at : at] ?? BLACK
}

export const cssColor = ([r, g, b]: Rgb): string => `rgb(${r}, ${g}, ${b})`

const BLACK: Rgb = [0, 0, 0]
