import { createStore, useStore } from 'zustand'
import type { User, Visit } from '@/lib/api/operations'

/** Why nobody is signed in any more; decides the words on the next page. */
export type EndReason = 'signed-out' | 'expired' | 'visit-over'

/** The school itself cannot be used just now. */
type SchoolBlock = 'school_suspended' | 'trial_expired'

interface SessionState {
  /** `unknown` until the first refresh has shown whether the browser holds a session cookie. */
  status: 'unknown' | 'signed-in' | 'signed-out'
  /**
   * Kept in memory only. The refresh token lives in a cookie that scripts cannot read, so a stolen
   * storage dump signs nobody in.
   */
  accessToken: string | null
  user: User | null
  /** Set while an operator of the platform acts as `user`. Such a session cannot be renewed. */
  visit: Visit | null
  endReason: EndReason | null
  schoolBlock: SchoolBlock | null
  /** The server lets an operator do nothing before there is a second factor. */
  needsSecondFactor: boolean
}

/** For code outside components; inside them see `useSessionStore`. */
export const sessionStore = createStore<SessionState>()(() => ({
  status: 'unknown',
  accessToken: null,
  user: null,
  visit: null,
  endReason: null,
  schoolBlock: null,
  needsSecondFactor: false,
}))

export const useSessionStore = <T>(select: (state: SessionState) => T): T =>
  useStore(sessionStore, select)

export function setSignedIn(accessToken: string, user: User, visit: Visit | null = null): void {
  sessionStore.setState({
    status: 'signed-in',
    accessToken,
    user,
    visit,
    endReason: null,
    schoolBlock: null,
    needsSecondFactor: false,
  })
}

export function setSignedOut(endReason: EndReason | null): void {
  sessionStore.setState({
    status: 'signed-out',
    accessToken: null,
    user: null,
    visit: null,
    endReason,
    needsSecondFactor: false,
  })
}
