import { NetworkError, toAppError } from './problem'

interface PostOptions {
  token: string | null
  headers?: Readonly<Record<string, string>>
  signal: AbortSignal
  /** Bytes of the body that have been sent, and of all of it; the form around a file counts. */
  onProgress: (sent: number, total: number) => void
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

/**
 * One request that sends a form and tells how far it is. It is an XMLHttpRequest because `fetch`
 * cannot say how much of a body has been sent.
 *
 * @returns the body of the 201
 * @throws NetworkError, ApiError, or an AbortError when `signal` ended it
 */
export function postForm(
  url: string,
  form: FormData,
  { token, headers = {}, signal, onProgress }: PostOptions,
): Promise<unknown> {
  signal.throwIfAborted()
  const request = new XMLHttpRequest()
  request.open('POST', url)
  if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  return new Promise((resolve, reject) => {
    const abort = () => request.abort()
    signal.addEventListener('abort', abort)
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded, total))
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
