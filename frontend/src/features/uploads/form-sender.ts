import { refreshAccessToken } from '@/lib/api/client'
import type { Answer, uploadVideo } from '@/lib/api/operations'
import { NetworkError, toAppError } from '@/lib/api/problem'
import { sessionStore } from '@/lib/auth/session-store'
import type { UploadOrder, UploadSender } from './upload-sender'

type Uploaded = Answer<typeof uploadVideo<true>>

/**
 * A token that is as young as it can be: an upload takes long, and begun with one that is about to
 * run out it would be refused only after the wait. A visit's token cannot be renewed.
 */
async function freshToken(): Promise<string | null> {
  const { accessToken, visit } = sessionStore.getState()
  return visit ? accessToken : refreshAccessToken()
}

function formOf({ file, title, language }: UploadOrder): FormData {
  const form = new FormData()
  // Texts before the file: what is wrong with them is told before it is sent.
  if (title) form.append('title', title)
  if (language) form.append('language', language)
  form.append('file', file)
  return form
}

function readHeaders(request: XMLHttpRequest): Headers {
  const headers = new Headers()
  for (const line of request.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  return headers
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A gateway's page; the status says enough.
    return null
  }
}

/**
 * One request with the whole file. It is an XMLHttpRequest because `fetch` cannot say how much of a
 * body has been sent.
 */
export const formSender: UploadSender = {
  resumes: false,
  send: async (order, { signal, onProgress }) => {
    const token = await freshToken()
    signal.throwIfAborted()
    const { courseId, moduleId, key, file } = order
    const request = new XMLHttpRequest()
    request.open('POST', `/api/courses/${courseId}/modules/${moduleId}/contents/video-upload`)
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.setRequestHeader('Idempotency-Key', key)
    return new Promise((resolve, reject) => {
      const abort = () => request.abort()
      signal.addEventListener('abort', abort)
      request.upload.addEventListener('progress', ({ loaded }) => {
        // What is counted here includes the form around the file.
        onProgress(Math.min(loaded, file.size))
      })
      request.addEventListener('load', () => {
        const body = parse(request.responseText)
        if (request.status === 201) {
          resolve({ contentId: (body as Uploaded).content.id })
        } else {
          const { status } = request
          const response = new Response(null, { status, headers: readHeaders(request) })
          reject(toAppError(body, response))
        }
      })
      request.addEventListener('error', () => reject(new NetworkError()))
      request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
      request.addEventListener('loadend', () => signal.removeEventListener('abort', abort))
      request.send(formOf(order))
    })
  },
}
