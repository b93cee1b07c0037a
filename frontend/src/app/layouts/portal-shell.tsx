import { Bars3Icon, XMarkIcon } from '@heroicons/react/24/outline'
import { clsx } from 'clsx'
import { type ComponentType, type ReactNode, type SVGProps, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, Outlet, useNavigation } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { OfflineBanner } from '@/components/feedback/offline-banner'
import { SchoolMark } from '@/components/school-mark'
import { Drawer } from '@/components/ui/dialog'
import { Toaster } from '@/components/ui/toaster'
import { paths, type Portal } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { signOut } from '@/lib/auth/sign-in'
import { useSiteName } from '@/lib/tenant/theme-store'
import { AccountMenu } from './account-menu'
import { VisitBanner } from './visit-banner'

export interface NavItem {
  to: string
  label: string
  icon: ComponentType<SVGProps<SVGSVGElement>>
  /** Only this very address is "here", not those below it. */
  end?: boolean
}

interface PortalShellProps {
  portal: Portal
  items: NavItem[]
  /**
   * `bar`: few places, along the top and, on a phone, at the thumb. `side`: many places, at the
   * side and, on a phone, behind a button.
   */
  navigation: 'bar' | 'side'
  /** Whom to ask for help; at the same place on every page (WCAG 3.2.6). */
  help: string
  /** Stands left of the account menu. */
  actions?: ReactNode
}

export function PortalShell({ portal, items, navigation, help, actions }: PortalShellProps) {
  const { t } = useTranslation()
  const site = useSiteName()
  const [menuOpen, setMenuOpen] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const isSide = navigation === 'side'

  const leave = () => {
    setFailure(null)
    signOut().catch(setFailure)
  }

  return (
    <div className={clsx('flex min-h-dvh flex-col', !isSide && 'max-sm:pb-16')}>
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-surface px-4 py-3 font-semibold text-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skipToContent')}
      </a>
      <NavigationBar />
      <VisitBanner />
      <header className="border-b border-line bg-surface">
        <div className="border-t-4 border-brand" />
        <div
          className={clsx(
            'mx-auto flex flex-wrap items-center gap-x-2 px-4 py-2 sm:gap-x-4 sm:px-6',
            !isSide && 'max-w-7xl',
          )}
        >
          {isSide && (
            <button
              type="button"
              aria-haspopup="dialog"
              aria-label={t('openMenu')}
              onClick={() => setMenuOpen(true)}
              className="-ml-2 flex size-11 items-center justify-center rounded-lg hover:bg-page lg:hidden"
            >
              <Bars3Icon aria-hidden="true" className="size-6" />
            </button>
          )}
          <Link
            to={paths.start(portal)}
            className="flex min-h-11 min-w-0 flex-1 items-center gap-3 rounded-lg sm:max-w-60 sm:flex-none"
          >
            <SchoolMark className="size-9 shrink-0" />
            <span className="line-clamp-2 min-w-0 leading-tight font-bold">{site}</span>
          </Link>
          {isSide ? (
            <div className="flex-1 max-sm:hidden" />
          ) : (
            <nav aria-label={t('mainMenu')} className="flex flex-1 gap-4 max-sm:hidden sm:mx-4">
              {items.map(({ to, label, end }) => (
                <NavLink
                  key={to}
                  to={to}
                  end={end ?? false}
                  className="inline-flex min-h-11 items-center border-b-2 border-transparent px-1 font-semibold text-ink-soft hover:text-ink aria-[current=page]:border-brand-strong aria-[current=page]:text-brand-strong lg:whitespace-nowrap"
                >
                  {label}
                </NavLink>
              ))}
            </nav>
          )}
          {actions}
          <AccountMenu onSignOut={leave} />
          {failure !== null && (
            <Notice tone="danger" role="alert" className="my-2 w-full">
              <strong>{t('account.signOutFailed')}</strong> {describeError(failure, t)}
            </Notice>
          )}
        </div>
      </header>
      <OfflineBanner />
      <div className={clsx('flex flex-1', isSide && 'lg:grid lg:grid-cols-[16rem_minmax(0,1fr)]')}>
        {isSide && (
          <nav
            aria-label={t('mainMenu')}
            className="border-r border-line bg-surface p-3 max-lg:hidden"
          >
            <SideLinks items={items} />
          </nav>
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4 py-6 sm:px-6 sm:py-8">
            <Outlet />
          </main>
          <footer className="border-t border-line px-4 py-5 text-center text-sm text-ink-soft">
            {help}
          </footer>
        </div>
      </div>
      {isSide ? (
        <Drawer label={t('mainMenu')} isOpen={menuOpen} onClose={() => setMenuOpen(false)}>
          <div className="mb-2 flex items-center gap-3">
            <SchoolMark className="size-9 shrink-0" />
            <p className="min-w-0 flex-1 leading-tight font-bold">{site}</p>
            <button
              type="button"
              aria-label={t('closeMenu')}
              onClick={() => setMenuOpen(false)}
              className="flex size-11 items-center justify-center rounded-lg hover:bg-page"
            >
              <XMarkIcon aria-hidden="true" className="size-6" />
            </button>
          </div>
          <nav aria-label={t('mainMenu')}>
            <SideLinks items={items} onFollow={() => setMenuOpen(false)} />
          </nav>
        </Drawer>
      ) : (
        <ThumbBar items={items} />
      )}
      <Toaster />
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

function SideLinks({ items, onFollow }: { items: NavItem[]; onFollow?: () => void }) {
  return (
    <ul className="space-y-1">
      {items.map(({ to, label, icon: Icon, end }) => (
        <li key={to}>
          <NavLink
            to={to}
            end={end ?? false}
            onClick={onFollow}
            className="flex min-h-11 items-center gap-3 rounded-lg px-3 font-semibold text-ink-soft hover:bg-page hover:text-ink aria-[current=page]:bg-brand-soft aria-[current=page]:text-brand-strong"
          >
            <Icon aria-hidden="true" className="size-5 shrink-0" />
            {label}
          </NavLink>
        </li>
      ))}
    </ul>
  )
}

/** On a phone, the places of the portal where the thumb is. */
function ThumbBar({ items }: { items: NavItem[] }) {
  const { t } = useTranslation()
  return (
    <nav
      aria-label={t('mainMenu')}
      data-thumb-bar
      className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="flex">
        {items.map(({ to, label, icon: Icon, end }) => (
          <li key={to} className="min-w-0 flex-1">
            <NavLink
              to={to}
              end={end ?? false}
              className="flex min-h-16 flex-col items-center justify-center gap-0.5 px-1 text-center text-sm font-semibold text-ink-soft aria-[current=page]:text-brand-strong"
            >
              <Icon aria-hidden="true" className="size-6" />
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
