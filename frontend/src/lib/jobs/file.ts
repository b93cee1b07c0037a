import { client } from '../api/gen/client.gen'

export interface NamedFile {
  blob: Blob
  name: string
}

/** The name that the server gave a file (RFC 6266), or the other one. */
export function fileNameOf(response: Response, otherwise: string): string {
  const header = response.headers.get('Content-Disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1]
  const plain = /filename="([^"]+)"/i.exec(header)?.[1]
  try {
    return encoded ? decodeURIComponent(encoded) : (plain ?? otherwise)
  } catch {
    return plain ?? otherwise
  }
}

/**
 * Fetches a file that only the signed-in person may have; a plain link could not carry the token.
 *
 * @throws ApiError, NetworkError
 */
export async function fetchFile(url: string, otherwise: string): Promise<NamedFile> {
  const { data, response } = await client.get<{ 200: Blob }, unknown, true>({
    url,
    parseAs: 'blob',
  })
  return { blob: data, name: fileNameOf(response, otherwise) }
}

/** How long a browser may take to begin with a download, in milliseconds. */
const KEEP_MS = 60_000

/** Hands a file to the person, as a click on a download link would. */
export function saveFile({ blob, name }: NamedFile): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS)
}
