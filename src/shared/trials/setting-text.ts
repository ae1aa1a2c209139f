import type { CodecSetting } from '../model/trials'

/** A setting as a candidate text that means the same for every array: the order is always named. */
export function settingText({ order, filters, compressor }: CodecSetting): string {
  const codecs = [...filters, ...(compressor === null ? [] : [compressor])]
  return [order, ...(codecs.length === 0 ? ['none'] : codecs)].join('+')
}
