import { redirect } from 'react-router'
import { paths, safeNextPath } from '@/config/paths'
import { homePath, isTeacher } from '@/lib/auth/roles'
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
  if (sessionStore.getState().schoolBlock) throw redirect(paths.schoolUnavailable)
  const { pathname, search } = new URL(request.url)
  throw redirect(`${paths.login}?next=${encodeURIComponent(pathname + search)}`)
}

export async function requireSignedIn({ request }: GuardArgs): Promise<null> {
  await requireSession(request)
  return null
}

export async function requireTeacher({ request }: GuardArgs): Promise<null> {
  const user = await requireSession(request)
  if (user.must_change_password) throw redirect(paths.changePassword)
  if (!isTeacher(user)) throw redirect(paths.notBuilt)
  return null
}

export async function requireOtherRole({ request }: GuardArgs): Promise<null> {
  const user = await requireSession(request)
  if (isTeacher(user) || user.must_change_password) throw redirect(homePath(user))
  return null
}

export async function redirectHome(): Promise<Response> {
  const user = await ensureSession()
  return redirect(user ? homePath(user) : paths.login)
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
