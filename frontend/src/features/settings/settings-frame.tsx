import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { type Settings, settingsQuery } from './queries'

interface SettingsFrameProps {
  title: string
  intro: string
  children: (settings: Settings) => ReactNode
}

/** Around each page of the settings: the way to the others, and the settings once they are there. */
export function SettingsFrame({ title, intro, children }: SettingsFrameProps) {
  const { t } = useTranslation('settings')
  const settings = useQuery(settingsQuery)
  const places = [
    { to: paths.settings, label: t('nav.branding') },
    { to: paths.settingsPolicies, label: t('nav.policies') },
    { to: paths.settingsDomains, label: t('nav.domains') },
  ]
  return (
    <>
      <PageHeading title={title} />
      <nav aria-label={t('title')} className="mt-4 border-b border-line">
        <ul className="flex flex-wrap gap-x-4">
          {places.map(({ to, label }) => (
            <li key={to}>
              <NavLink
                to={to}
                end
                className="-mb-px inline-flex min-h-11 items-center border-b-3 border-transparent px-1 font-semibold text-ink-soft hover:text-ink aria-[current=page]:border-brand-strong aria-[current=page]:text-ink"
              >
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <p className="mt-5 max-w-prose text-ink-soft">{intro}</p>
      <div className="mt-6">
        <Loaded settings={settings}>{children}</Loaded>
      </div>
    </>
  )
}

function Loaded({
  settings,
  children,
}: {
  settings: UseQueryResult<Settings>
  children: (settings: Settings) => ReactNode
}) {
  const { t } = useTranslation('settings')
  if (settings.data) return children(settings.data)
  if (settings.error) {
    return (
      <ErrorState
        title={t('failed')}
        error={settings.error}
        onRetry={() => void settings.refetch()}
        retrying={settings.isRefetching}
      />
    )
  }
  return (
    <Skeleton label={t('loading')}>
      <div className="grid gap-6 xl:grid-cols-2">
        <Bone className="h-96" />
        <Bone className="h-96" />
      </div>
    </Skeleton>
  )
}
