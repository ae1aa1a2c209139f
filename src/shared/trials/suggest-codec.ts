import type { CodecRow } from '../model/trials'
import { figure } from './figure'

/** A smaller store is worth a slower decoder down to this share of the fastest one's speed. */
const FAST_ENOUGH = 0.25
/** Decoding that is faster than this, in MB/s, waits for the disk: it is no better than any other. */
const FASTEST = 2000
/** Writing slower than this, in MB/s, is no setting for an array that is worked with. */
const LEAST_ENCODE = 20
/** Less gain than this is no reason to rewrite an array. */
const WORTH_IT = 1.05

/**
 * The candidate to take: of those that lose nothing and encode and decode at a fair speed, the one with the best ratio; the present
 * one where no other is clearly better. Null where nothing was measured.
 */
export function suggestCodec(rows: readonly CodecRow[]): { spec: string; reason: string } | null {
  const fit = rows.filter(
    (row): row is Measured => row.lossless === true && row.ratio !== null && row.decodeMBps !== null,
  )
  const [first] = fit
  if (!first) return null
  // What is only copied is no measure for decoders.
  const coded = fit.filter(({ setting }) => setting.compressor !== null)
  const fastest = Math.min(
    FASTEST,
    Math.max(...(coded.length > 0 ? coded : fit).map(({ decodeMBps }) => decodeMBps)),
  )
  const quick = fit.filter(({ decodeMBps }) => decodeMBps >= FAST_ENOUGH * fastest)
  const writable = quick.filter(({ encodeMBps }) => (encodeMBps ?? 0) >= LEAST_ENCODE)
  const best = (writable.length > 0 ? writable : quick).reduce((a, b) => (value(b) > value(a) ? b : a))
  const present = fit.find((row) => row.present)
  if (
    present &&
    present.ratio * WORTH_IT >= best.ratio &&
    present.decodeMBps >= FAST_ENOUGH * Math.min(FASTEST, best.decodeMBps)
  )
    return {
      spec: present.spec,
      reason: `The present setting (${present.name}) is good: ratio ${figure(present.ratio)}, decoding at ${figure(present.decodeMBps)} MB/s; no other candidate is clearly better.`,
    }
  const now = present
    ? ` instead of ${figure(present.ratio)} and ${figure(present.decodeMBps)} MB/s now (${present.name})`
    : ''
  return {
    spec: best.spec,
    reason: `${best.name} has a ratio of ${figure(best.ratio)} and decodes at ${figure(best.decodeMBps)} MB/s${now}; nothing is lost.`,
  }
}

type Measured = CodecRow & { ratio: number; decodeMBps: number }

/** Ratio first; equal ratios are told apart by speed. */
const value = ({ ratio, decodeMBps, encodeMBps }: Measured): number =>
  Math.log(ratio) + 0.05 * Math.log(decodeMBps) + 0.03 * Math.log(encodeMBps ?? decodeMBps)
