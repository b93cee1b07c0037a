import { paths } from '@/config/paths'
import { portalOf } from '@/lib/auth/roles'
import { sessionStore } from '@/lib/auth/session-store'
import type { AppRouter } from './router'

/** Moves people to the right page when the session changes under an open page. */
export function watchSession(router: AppRouter): () => void {
  return sessionStore.subscribe((now, before) => {
    if (now.schoolBlock && now.schoolBlock !== before.schoolBlock) {
      void router.navigate(paths.schoolUnavailable, { replace: true })
      return
    }
    if (before.status === 'signed-in' && now.status === 'signed-out') {
      const { pathname, search } = router.state.location
      if (now.endReason === 'visit-over') void router.navigate(paths.visitEnded, { replace: true })
      else if (now.endReason === 'expired') {
        void router.navigate(`${paths.login}?next=${encodeURIComponent(pathname + search)}`)
      } else void router.navigate(paths.login)
      return
    }
    if (now.user && now.needsSecondFactor && !before.needsSecondFactor) {
      void router.navigate(paths.profile(portalOf(now.user)))
      return
    }
    if (now.user?.must_change_password && before.user?.must_change_password === false) {
      void router.navigate(paths.changePassword)
    }
  })
}
