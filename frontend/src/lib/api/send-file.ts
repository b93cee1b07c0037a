import { sessionStore } from '@/lib/auth/session-store'
import { refreshAccessToken } from './client'
import { postForm } from './post-form'
import { ApiError } from './problem'

interface SendOptions {
  signal: AbortSignal
  /** @param sent from 0 to 100 */
  onProgress: (sent: number) => void
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
  { signal, onProgress }: SendOptions,
): Promise<Uploaded> {
  const { accessToken, visit } = sessionStore.getState()
  const send = async (token: string | null) => {
    const form = new FormData()
    form.append('file', file)
    // What the operation answers is the generated type's business.
    return (await postForm(url, form, {
      token,
      signal,
      onProgress: (sent, total) => onProgress(total > 0 ? (sent / total) * 100 : 0),
    })) as Uploaded
  }
  try {
    return await send(accessToken)
  } catch (error) {
    // A visit's token cannot be renewed.
    if (!(error instanceof ApiError) || error.status !== 401 || visit) throw error
    return send(await refreshAccessToken())
  }
}
