import { ArrowRightStartOnRectangleIcon, ChevronDownIcon, KeyIcon } from '@heroicons/react/20/solid'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, Outlet, useNavigate, useNavigation } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { OfflineBanner } from '@/components/feedback/offline-banner'
import { SchoolMark } from '@/components/school-mark'
import { Menu } from '@/components/ui/menu'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { signOut } from '@/lib/auth/session'
import { useSessionStore } from '@/lib/auth/session-store'
import { useSchoolName } from '@/lib/tenant/theme-store'

export function TeacherLayout() {
  const { t } = useTranslation()
  const school = useSchoolName()
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-surface px-4 py-3 font-semibold text-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skipToContent')}
      </a>
      <NavigationBar />
      <header className="border-b border-line bg-surface">
        <div className="border-t-4 border-brand" />
        <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-4 px-4 py-2 sm:px-6">
          <Link
            to={paths.teacherCourses}
            className="flex min-h-11 min-w-0 flex-1 items-center gap-3 rounded-lg sm:flex-none"
          >
            <SchoolMark className="size-9 shrink-0" />
            <span className="line-clamp-2 min-w-0 leading-tight font-bold">{school}</span>
          </Link>
          <nav aria-label={t('mainMenu')} className="flex-1 max-sm:hidden">
            <NavLink
              to={paths.teacherCourses}
              className="inline-flex min-h-11 items-center border-b-2 border-transparent px-1 font-semibold text-ink-soft hover:text-ink aria-[current=page]:border-brand-strong aria-[current=page]:text-brand-strong sm:mx-4"
            >
              {t('nav.courses')}
            </NavLink>
          </nav>
          <AccountMenu />
        </div>
      </header>
      <OfflineBanner />
      <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4 py-6 sm:px-6 sm:py-8">
        <Outlet />
      </main>
      <footer className="border-t border-line px-4 py-5 text-center text-sm text-ink-soft">
        {t('help')}
      </footer>
    </div>
  )
}

/** A thin line while the next page loads; the old page stays usable meanwhile. */
function NavigationBar() {
  const busy = useNavigation().state !== 'idle'
  return busy ? (
    <div
      aria-hidden="true"
      className="fixed inset-x-0 top-0 z-50 h-1 animate-appear-late animate-pulse bg-brand-strong"
    />
  ) : null
}

function AccountMenu() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const user = useSessionStore((state) => state.user)
  const [error, setError] = useState<unknown>(null)
  if (!user) return null
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ') || user.email

  const leave = () => {
    setError(null)
    signOut().catch(setError)
  }

  return (
    <>
      <Menu
        label={t('account.menu')}
        trigger={
          <>
            <span
              aria-hidden="true"
              className="flex size-9 items-center justify-center rounded-full bg-brand-soft text-sm font-bold text-brand-strong uppercase"
            >
              {(user.first_name[0] ?? '') + (user.last_name[0] ?? '') || user.email[0]}
            </span>
            <span className="sr-only">{t('account.button')} </span>
            <span className="max-w-48 truncate max-md:sr-only">{name}</span>
            <ChevronDownIcon aria-hidden="true" className="size-5 text-ink-soft" />
          </>
        }
        items={[
          {
            id: 'password',
            label: t('account.changePassword'),
            icon: KeyIcon,
            onAction: () => void navigate(paths.changePassword),
          },
          {
            id: 'sign-out',
            label: t('account.signOut'),
            icon: ArrowRightStartOnRectangleIcon,
            onAction: leave,
          },
        ]}
      />
      {error !== null && (
        <Notice tone="danger" role="alert" className="order-4 my-2 w-full">
          <strong>{t('account.signOutFailed')}</strong> {describeError(error, t)}
        </Notice>
      )}
    </>
  )
}
