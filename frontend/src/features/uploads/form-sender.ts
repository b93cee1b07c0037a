import { refreshAccessToken } from '@/lib/api/client'
import type { Answer, uploadVideo } from '@/lib/api/operations'
import { postForm } from '@/lib/api/post-form'
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

/** One request with the whole file. */
export const formSender: UploadSender = {
  resumes: false,
  send: async (order, { signal, onProgress }) => {
    const { courseId, moduleId, key, file } = order
    const url = `/api/courses/${courseId}/modules/${moduleId}/contents/video-upload`
    const body = await postForm(url, formOf(order), {
      token: await freshToken(),
      headers: { 'Idempotency-Key': key },
      signal,
      // What is counted includes the form around the file.
      onProgress: (sent) => onProgress(Math.min(sent, file.size)),
    })
    return { contentId: (body as Uploaded).content.id }
  },
}
