import { refreshAccessToken } from '@/lib/api/client'
import {
  changePassword,
  endSession,
  exchangeCode,
  getMe,
  login,
  logout,
  type User,
} from '@/lib/api/operations'
import { isApiError, isStatus } from '@/lib/api/problem'
import { sessionStore, setSignedIn, setSignedOut } from './session-store'

type TabMessage = { kind: 'signed-out' } | { kind: 'signed-in'; userId: string }

// All tabs of one school share an origin, and with it the cookie: what one does concerns all.
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('lms-session') : null
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
const tellOtherTabs = (message: TabMessage) => tabs?.postMessage(message)

tabs?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
  const { status, user, visit } = sessionStore.getState()
  // An operator's visit has no part in the cookie: it lives and ends in its own tab.
  if (visit) return
  if (data.kind === 'signed-out' && status === 'signed-in') setSignedOut('signed-out')
  // Another person signed in: nothing of the first one may stay on the screen or in memory.
  // A tab that waits at the sign-in page goes on without asking again.
  if (data.kind === 'signed-in' && status !== 'unknown' && user?.id !== data.userId) {
    location.reload()
  }
})

/**
 * Remembers that this browser has had a session, so that the sign-in page asks the server for one
 * only where that can succeed. It is a hint, no secret; pages that need a session always ask.
 */
const HINT = 'lms.had-session'
const setHint = (on: boolean) => {
  try {
    if (on) localStorage.setItem(HINT, '1')
    else localStorage.removeItem(HINT)
  } catch {
    // Storage may be switched off. The hint only saves a request.
  }
}
export const mayHaveSession = (): boolean => {
  try {
    return localStorage.getItem(HINT) !== null
  } catch {
    return true
  }
}

let starting: Promise<User | null> | null = null

/**
 * The signed-in person, or null. The first call asks the server with the session cookie.
 *
 * @throws NetworkError or ApiError when the server cannot say
 */
export function ensureSession(): Promise<User | null> {
  const { status, user } = sessionStore.getState()
  if (status === 'signed-in') return Promise.resolve(user)
  if (status === 'signed-out') return Promise.resolve(null)
  starting ??= restore().finally(() => {
    starting = null
  })
  return starting
}

async function restore(): Promise<User | null> {
  try {
    const access = await refreshAccessToken()
    const { data } = await getMe()
    setSignedIn(sessionStore.getState().accessToken ?? access, data)
    setHint(true)
    return data
  } catch (error) {
    const blocked = isApiError(error, 'school_suspended') || isApiError(error, 'trial_expired')
    if (!isStatus(error, 401) && !blocked) throw error
    // Nobody was signed in yet on this page, so there is nothing to explain.
    setSignedOut(null)
    setHint(false)
    return null
  }
}

/**
 * @param otp a code of the authenticator app or a recovery code, for accounts that ask for one
 * @throws ApiError `otp_required` when a code is asked for; with a field error when it was wrong
 */
export async function signIn(email: string, password: string, otp?: string): Promise<User> {
  const { data } = await login({
    body: { email, password, session: 'cookie', ...(otp === undefined ? {} : { otp }) },
  })
  setSignedIn(data.tokens.access, data.user)
  setHint(true)
  tellOtherTabs({ kind: 'signed-in', userId: data.user.id })
  return data.user
}

/**
 * Ends the session on the server first: the cookie cannot be removed from here, and a page that
 * only looked signed out would let the next person at this computer in.
 *
 * @throws NetworkError or ApiError when the session may still be alive
 */
export async function signOut(): Promise<void> {
  try {
    await logout({ body: {} })
  } catch (error) {
    // The session was over already.
    if (!isStatus(error, 401)) throw error
  }
  setHint(false)
  setSignedOut('signed-out')
  tellOtherTabs({ kind: 'signed-out' })
}

/**
 * Begins an operator's visit in this tab. Its token stays in memory, so a reload ends it too.
 *
 * @throws ApiError `code_invalid` when the code was used, is older than a minute or never was one
 */
export async function enterSchool(code: string): Promise<User> {
  const { data } = await exchangeCode({ body: { code } })
  setSignedIn(data.access, data.user, data.impersonation)
  return data.user
}

/** Ends the visit on the server, and here. */
export async function endVisit(): Promise<void> {
  const { visit } = sessionStore.getState()
  if (!visit) return
  try {
    await endSession({ path: { session_id: visit.id } })
  } catch (error) {
    // It was over already.
    if (!isStatus(error, 401) && !isStatus(error, 404)) throw error
  }
  setSignedOut('visit-over')
}

export async function chooseNewPassword(current: string, next: string): Promise<void> {
  const { data } = await changePassword({
    body: { current_password: current, new_password: next },
  })
  const { user } = sessionStore.getState()
  if (user) setSignedIn(data.tokens.access, { ...user, must_change_password: false })
}
