/** Lets the browser keep what is at an address, under a name of ours. */
export function saveFile(href: string, name: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
}

/** The same for words that were made here. */
export function saveText(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  saveFile(address, name)
  // The browser reads it at its own pace.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** What every file system takes. */
export const fileName = (title: string, extension: string): string =>
  `${title.replace(/[\\/:*?"<>|\p{C}\s]+/gu, ' ').trim() || 'transcript'}.${extension}`
