import type { LayoutChange } from '@shared/model/jobs'
import type { CodecSetting } from '@shared/model/trials'
import { openCopyDialog } from '../state/dialogs'

/** What the laboratory settled for a node; what is absent stays as it is. */
export interface TunedSetting {
  store: string
  path: string
  codecs?: CodecSetting | undefined
  chunks?: (number | null)[] | undefined
  shards?: (number | null)[] | null | undefined
  dtype?: string | undefined
}

/** The setting as what a copy changes. */
export function layoutOf({
  codecs,
  chunks,
  shards,
  dtype,
}: Omit<TunedSetting, 'store' | 'path'>): LayoutChange {
  return {
    ...(codecs && { order: codecs.order, filters: codecs.filters, compressor: codecs.compressor }),
    ...(chunks && { chunks, shards: shards ?? null }),
    ...(dtype !== undefined && { dtype }),
  }
}

/** Opens Copy/Convert with the setting filled in: the one way from the laboratory to the opened store. */
export function applySetting(setting: TunedSetting, { inPlace }: { inPlace: boolean }): void {
  const { store, path } = setting
  openCopyDialog({ store, path, layout: layoutOf(setting), inPlace })
}
