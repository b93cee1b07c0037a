import { http, HttpResponse, type JsonBodyType } from 'msw'
import { sessionStore, setSignedIn } from '@/lib/auth/session-store'
import type { User } from '@/lib/api/operations'
import { makeUser } from './factories'
import { server } from './server'

/** A problem document as the API sends it. */
export const problem = (
  status: number,
  code: string,
  body: Record<string, JsonBodyType> = {},
  headers: Record<string, string> = {},
) =>
  HttpResponse.json(
    { type: `urn:lms:problem:${code}`, title: code, status, detail: '', instance: '/', ...body },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
  )

/** Somebody is signed in already, as after the first refresh of a visit. */
export function givenSession(over: Partial<User> = {}): User {
  const user = makeUser(over)
  setSignedIn('access-1', user)
  return user
}

/** The browser holds no session cookie. */
export function givenNoSession(): void {
  sessionStore.setState({ status: 'unknown' })
  server.use(http.post('*/api/users/auth/refresh', () => problem(401, 'not_signed_in')))
}

export const answerGet = (path: string, body: JsonBodyType) =>
  server.use(http.get(`*${path}`, () => HttpResponse.json(body)))
