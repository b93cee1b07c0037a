import { sessionStore } from '@/lib/auth/session-store'
import { refreshAccessToken } from './client'
import { ApiError, NetworkError, toAppError } from './problem'

interface SendOptions {
  signal: AbortSignal
  /** @param sent from 0 to 100 */
  onProgress: (sent: number) => void
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A gateway's page; the status says enough.
    return null
  }
}

function readHeaders(request: XMLHttpRequest): Headers {
  const headers = new Headers()
  for (const line of request.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  return headers
}

/** XMLHttpRequest, because `fetch` cannot say how much of a body has been sent. */
function sendOnce(
  url: string,
  file: File,
  token: string | null,
  { signal, onProgress }: SendOptions,
): Promise<unknown> {
  signal.throwIfAborted()
  const form = new FormData()
  form.append('file', file)
  const request = new XMLHttpRequest()
  request.open('POST', url)
  if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
  return new Promise((resolve, reject) => {
    const abort = () => request.abort()
    signal.addEventListener('abort', abort)
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onProgress(total > 0 ? (loaded / total) * 100 : 0)
    })
    request.addEventListener('load', () => {
      const { status, responseText } = request
      const body = parse(responseText)
      if (status === 201) resolve(body)
      else reject(toAppError(body, new Response(null, { status, headers: readHeaders(request) })))
    })
    request.addEventListener('error', () => reject(new NetworkError()))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort))
    request.send(form)
  })
}

/**
 * Sends a file and tells how far it is, which the generated client cannot.
 *
 * @param url of an operation of the kind `upload…`, as in its type: `UploadContentFileData['url']`
 * @returns the body of the answer, of the operation's type
 * @throws NetworkError, ApiError, or an AbortError when `signal` ended it
 */
export async function sendFile<Uploaded>(
  url: string,
  file: File,
  options: SendOptions,
): Promise<Uploaded> {
  const { accessToken, visit } = sessionStore.getState()
  const send = (token: string | null) =>
    // What the operation answers is the generated type's business.
    sendOnce(url, file, token, options) as Promise<Uploaded>
  try {
    return await send(accessToken)
  } catch (error) {
    // A visit's token cannot be renewed.
    if (!(error instanceof ApiError) || error.status !== 401 || visit) throw error
    return send(await refreshAccessToken())
  }
}
