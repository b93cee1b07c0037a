import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { sessionStore } from '@/lib/auth/session-store'
import { givenSession, problem } from '@/testing/api'
import { server } from '@/testing/server'
import { formSender } from './form-sender'

const PATH = '*/api/courses/course-1/modules/module-1/contents/video-upload'
const order = {
  key: 'upload-1',
  file: new File(['film'], 'lesson.mp4'),
  courseId: 'course-1',
  moduleId: 'module-1',
  language: 'en',
}
const send = (signal = new AbortController().signal) =>
  formSender.send(order, { signal, onProgress: () => undefined })

beforeEach(() => {
  givenSession()
  server.use(
    http.post('*/api/users/auth/refresh', () =>
      HttpResponse.json({ access: 'fresh', refresh: null }),
    ),
  )
})

it('sends file and language with a token made for it', async () => {
  let sent: { form: string; headers: Headers } | undefined
  server.use(
    http.post(PATH, async ({ request }) => {
      sent = { form: await request.text(), headers: request.headers }
      return HttpResponse.json({ content: { id: 'content-9' } }, { status: 201 })
    }),
  )
  await expect(send()).resolves.toEqual({ contentId: 'content-9' })
  expect(sent?.form).toMatch(
    /name="language"\s+en\s[^]*name="file"; filename="lesson.mp4"[^]*\sfilm\s/,
  )
  expect(sent?.headers.get('Authorization')).toBe('Bearer fresh')
  expect(sent?.headers.get('Idempotency-Key')).toBe('upload-1')
  expect(sessionStore.getState().accessToken).toBe('fresh')
})

it('tells a refusal, a lost connection and a cancel apart', async () => {
  server.use(
    http.post(PATH, () =>
      problem(403, 'plan_limit', { detail: 'Full.' }, { 'X-Request-ID': 'r1' }),
    ),
  )
  await expect(send()).rejects.toMatchObject({
    name: 'ApiError',
    code: 'plan_limit',
    detail: 'Full.',
    requestId: 'r1',
  })
  server.use(http.post(PATH, () => HttpResponse.error()))
  await expect(send()).rejects.toMatchObject({ name: 'NetworkError' })
  const cancel = new AbortController()
  server.use(http.post(PATH, () => new Promise<Response>(() => undefined)))
  const sending = send(cancel.signal)
  setTimeout(() => cancel.abort(), 20)
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
})
