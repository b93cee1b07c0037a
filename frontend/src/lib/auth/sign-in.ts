import {
  changePassword,
  endSession,
  exchangeCode,
  login,
  logout,
  type User,
} from '@/lib/api/operations'
import { isStatus } from '@/lib/api/problem'
import { setHint, tellOtherTabs } from './session'
import { sessionStore, setSignedIn, setSignedOut } from './session-store'

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
