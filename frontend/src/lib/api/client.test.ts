import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { sessionStore } from '@/lib/auth/session-store'
import { givenSession, problem } from '@/testing/api'
import { makeUser } from '@/testing/factories'
import { server } from '@/testing/server'
import { getMe, getTheme } from './first-calls'
import { changePassword } from './operations'
import { ApiError, NetworkError } from './problem'

/** An API whose access token has just run out: only the token of a refresh is taken. */
function givenExpiredToken() {
  const calls = { refresh: 0, me: 0 }
  givenSession()
  server.use(
    http.post('*/api/users/auth/refresh', async () => {
      calls.refresh += 1
      await new Promise((resolve) => {
        setTimeout(resolve, 20)
      })
      return HttpResponse.json({ access: `fresh-${calls.refresh}`, refresh: null })
    }),
    http.get('*/api/users/auth/me', ({ request }) => {
      calls.me += 1
      return request.headers.get('Authorization') === 'Bearer fresh-1'
        ? HttpResponse.json(makeUser())
        : problem(401, 'not_signed_in')
    }),
  )
  return calls
}

describe('a call with an expired access token', () => {
  it('is repeated after one refresh, also when ten calls find out together', async () => {
    const calls = givenExpiredToken()
    const answers = await Promise.all(Array.from({ length: 10 }, () => getMe()))
    expect(answers.map(({ data }) => data.email)).toEqual(Array(10).fill(makeUser().email))
    expect(calls).toEqual({ refresh: 1, me: 20 })
  })

  it('uses the token that another call has got meanwhile', async () => {
    const calls = givenExpiredToken()
    server.use(
      http.get(
        '*/api/users/auth/me',
        () => {
          sessionStore.setState({ accessToken: 'fresh-1' })
          return problem(401, 'not_signed_in')
        },
        { once: true },
      ),
    )
    await getMe()
    expect(calls.refresh).toBe(0)
  })

  it('sends its body again', async () => {
    givenExpiredToken()
    const bodies: unknown[] = []
    server.use(
      http.post('*/api/users/auth/change-password', async ({ request }) => {
        bodies.push(await request.json())
        return request.headers.get('Authorization') === 'Bearer fresh-1'
          ? HttpResponse.json({ tokens: { access: 'a', refresh: null } })
          : problem(401, 'not_signed_in')
      }),
    )
    const body = { current_password: 'old', new_password: 'new' }
    await changePassword({ body })
    expect(bodies).toEqual([body, body])
  })

  it('ends the session when the refresh is refused', async () => {
    givenExpiredToken()
    server.use(http.post('*/api/users/auth/refresh', () => problem(401, 'not_signed_in')))
    await expect(getMe()).rejects.toMatchObject({ status: 401 })
    expect(sessionStore.getState()).toMatchObject({
      status: 'signed-out',
      accessToken: null,
      user: null,
      endReason: 'expired',
    })
  })

  it('keeps the session when the refresh gets no answer', async () => {
    givenExpiredToken()
    server.use(http.post('*/api/users/auth/refresh', () => HttpResponse.error()))
    await expect(getMe()).rejects.toBeInstanceOf(NetworkError)
    expect(sessionStore.getState().status).toBe('signed-in')
  })
})

describe('errors', () => {
  it('carry what the problem document says', async () => {
    givenSession()
    server.use(
      http.get('*/api/users/auth/me', () =>
        problem(
          429,
          'too_many_tries',
          { detail: 'Slow down.', errors: [{ field: 'email', code: 'x', message: 'No.' }] },
          { 'Retry-After': '120', 'X-Request-ID': 'req-1' },
        ),
      ),
    )
    const error = await getMe().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({
      status: 429,
      code: 'too_many_tries',
      detail: 'Slow down.',
      fields: [{ field: 'email', code: 'x', message: 'No.' }],
      retryAfterSeconds: 120,
      requestId: 'req-1',
    })
  })

  it('are ours also when a gateway answers with a page', async () => {
    givenSession()
    server.use(http.get('*/api/users/auth/me', () => new HttpResponse('<html>', { status: 502 })))
    await expect(getMe()).rejects.toMatchObject({ status: 502, code: 'http_502' })
  })

  it.each(['school_suspended', 'trial_expired'])('tell the app about %s', async (code) => {
    givenSession()
    server.use(http.get('*/api/users/auth/me', () => problem(403, code)))
    await expect(getMe()).rejects.toMatchObject({ code })
    expect(sessionStore.getState().schoolBlock).toBe(code)
  })
})

it('sends no token with public calls', async () => {
  givenSession()
  let token: string | null = 'unset'
  server.use(
    http.get('*/api/tenants/theme', ({ request }) => {
      token = request.headers.get('Authorization')
      return problem(404, 'not_found')
    }),
  )
  await expect(getTheme()).rejects.toMatchObject({ status: 404 })
  expect(token).toBeNull()
})
