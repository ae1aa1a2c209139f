/** The engines of one operation, by family: the variant with the lowest median stands for its family. */
export function families(engines) {
  const found = {}
  for (const [name, figures] of Object.entries(engines ?? {})) {
    if (figures.error) continue
    const family = name.replace(/ tuned$/, '')
    if (!found[family] || figures.median < found[family].median) found[family] = { ...figures, variant: name }
  }
  return found
}

/** How many times as long a peer takes as Zarrscope, by medians, by the best of each, and by processor time. */
export function ratios(own, peer) {
  const cpu = own.cpu > 0 && peer.cpu > 0 ? peer.cpu / own.cpu : undefined
  return {
    median: peer.median / own.median,
    best: peer.best / own.best,
    p95: peer.p95 / own.p95,
    ...(cpu && { cpu }),
  }
}
