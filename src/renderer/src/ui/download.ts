/** Hands a file to the person: browsers save it where downloads go, the desktop program asks where. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName(name)
  document.body.append(link)
  link.click()
  link.remove()
  // The download has taken its own reference by the next turn of the event loop in every browser; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A name that every system can hold. */
export function fileName(name: string): string {
  const plain = name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, '-').replace(/^[-.\s]+|[-.\s]+$/g, '')
  return plain.slice(-120) || 'plot'
}
