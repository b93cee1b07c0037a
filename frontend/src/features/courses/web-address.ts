/** Whether the server takes it as the address of a link. */
export function isWebAddress(text: string): boolean {
  const address = text.trim()
  if (!/^https?:\/\/\S+$/i.test(address)) return false
  return URL.canParse(address)
}
