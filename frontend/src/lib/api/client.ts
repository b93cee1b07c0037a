import { sessionStore, setSignedOut } from '@/lib/auth/session-store'
import { refreshSession } from './first-calls'
import { client } from './gen/client.gen'
import { isApiError, isStatus, toAppError } from './problem'

/**
 * Calls that never carry the access token: they work without one, and an expired one would make
 * the server refuse them.
 */
const PUBLIC_PATHS = new Set([
  '/api/users/auth/login',
  '/api/users/auth/refresh',
  '/api/users/auth/logout',
  '/api/users/auth/exchange',
  '/api/users/auth/request-password-reset',
  '/api/users/auth/confirm-password-reset',
  '/api/users/auth/verify-email',
  '/api/users/auth/resend-verification',
  '/api/users/auth/accept-invitation',
  '/api/tenants/theme',
])

const isPublic = (request: Request) =>
  PUBLIC_PATHS.has(new URL(request.url).pathname.replace(/\/$/, ''))

let refreshInFlight: Promise<string> | null = null

/**
 * Gets a new access token, once, however many callers ask at the same time.
 *
 * The refresh token rotates at every use and a second use of an old one ends the session, so two
 * refreshes must never overlap: within this tab callers share one promise, and across tabs of the
 * same school a lock makes them take turns.
 *
 * @throws ApiError 401 when the session is over, NetworkError when the server cannot be reached
 */
export function refreshAccessToken(): Promise<string> {
  refreshInFlight ??= withLock(async () => {
    const { data } = await refreshSession()
    sessionStore.setState({ accessToken: data.access })
    return data.access
  }).finally(() => {
    refreshInFlight = null
  })
  return refreshInFlight
}

function withLock<T>(task: () => Promise<T>): Promise<T> {
  // Only secure contexts have locks; over plain HTTP on another host the server's grace period
  // for a repeated token is what remains.
  return 'locks' in navigator && navigator.locks
    ? navigator.locks.request('lms-session-refresh', task)
    : task()
}

const withToken = (request: Request, token: string) => {
  request.headers.set('Authorization', `Bearer ${token}`)
  return request
}

/** `fetch` that signs requests and, when the access token has run out, renews it and tries once more. */
async function authorisedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init)
  if (isPublic(request)) return globalThis.fetch(request)

  const { accessToken: token, visit } = sessionStore.getState()
  // A body can be read only once, so the second try needs a copy made before the first.
  const secondTry = request.clone()
  const response = await globalThis.fetch(token ? withToken(request, token) : request)
  if (response.status !== 401) return response
  if (visit) {
    // The cookie, if there is one, is somebody else's session: it must not take the visit's place.
    if (sessionStore.getState().visit?.id === visit.id) setSignedOut('visit-over')
    return response
  }

  try {
    // Another call may have renewed the token while this one was on its way.
    const current = sessionStore.getState().accessToken
    const fresh = current && current !== token ? current : await refreshAccessToken()
    return await globalThis.fetch(withToken(secondTry, fresh))
  } catch (error) {
    if (!isStatus(error, 401)) throw error
    setSignedOut('expired')
    return response
  }
}

/** Some refusals concern the whole app, not the one call: they are kept where the router sees them. */
function noteGlobalRefusal(error: unknown): void {
  if (isApiError(error, 'school_suspended') || isApiError(error, 'trial_expired')) {
    sessionStore.setState({
      schoolBlock: error.code === 'trial_expired' ? 'trial_expired' : 'school_suspended',
    })
  }
  if (isApiError(error, 'second_factor_required')) {
    sessionStore.setState({ needsSecondFactor: true })
  }
  if (isApiError(error, 'password_change_required')) {
    sessionStore.setState(({ user }) => ({
      user: user && { ...user, must_change_password: true },
    }))
  }
}

export function configureApiClient(): void {
  client.setConfig({
    baseUrl: location.origin,
    // Looked up at every call, so that tests may replace the global one.
    fetch: authorisedFetch,
    throwOnError: true,
  })
  client.interceptors.error.use((thrown, response) => {
    // What a refresh inside the call threw is one of our errors already.
    const error = isApiError(thrown) ? thrown : toAppError(thrown, response)
    noteGlobalRefusal(error)
    return error
  })
}
