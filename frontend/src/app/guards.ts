import { redirect } from 'react-router'
import { paths, type Portal, safeNextPath } from '@/config/paths'
import { homePath, portalOf } from '@/lib/auth/roles'
import { ensureSession, mayHaveSession } from '@/lib/auth/session'
import { sessionStore } from '@/lib/auth/session-store'
import type { User } from '@/lib/api/operations'

interface GuardArgs {
  request: Request
}

/** Sends people without a session to the sign-in page, and back to this page afterwards. */
async function requireSession(request: Request): Promise<User> {
  const user = await ensureSession()
  if (user) return user
  const { schoolBlock, endReason } = sessionStore.getState()
  if (schoolBlock) throw redirect(paths.schoolUnavailable)
  if (endReason === 'visit-over') throw redirect(paths.visitEnded)
  const { pathname, search } = new URL(request.url)
  throw redirect(`${paths.login}?next=${encodeURIComponent(pathname + search)}`)
}

export async function requireSignedIn({ request }: GuardArgs): Promise<null> {
  await requireSession(request)
  return null
}

/**
 * A loader that lets in only people of that portal. It is for orientation, not for protection: what
 * somebody may see and do, the server decides at every call.
 */
export const requirePortal =
  (portal: Portal) =>
  async ({ request }: GuardArgs): Promise<null> => {
    const user = await requireSession(request)
    // A visiting operator is not asked for the password of the person they act as.
    if (user.must_change_password && !sessionStore.getState().visit) {
      throw redirect(paths.changePassword)
    }
    if (portalOf(user) !== portal) throw redirect(paths.start(portalOf(user)))
    return null
  }

export async function redirectHome(): Promise<Response> {
  const user = await ensureSession()
  return redirect(user ? homePath(user) : paths.login)
}

/**
 * Addresses in notifications and mails name a thing, not a portal: `/courses/1` is read by a teacher
 * on one page and edited by an administrator on another.
 */
export async function redirectToPortal({ request }: GuardArgs): Promise<Response> {
  const user = await requireSession(request)
  const { pathname, search } = new URL(request.url)
  return redirect(paths.start(portalOf(user)) + pathname + search)
}

/** Somebody who is signed in already does not need the form. */
export async function skipIfSignedIn({ request }: GuardArgs): Promise<null> {
  if (!mayHaveSession()) return null
  // The form must appear even when the server cannot say; it tells so on submit.
  const user = await ensureSession().catch(() => null)
  if (!user) return null
  const next = safeNextPath(new URL(request.url).searchParams.get('next'))
  throw redirect(next ?? homePath(user))
}
