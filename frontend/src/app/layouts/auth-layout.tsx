import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { OfflineBanner } from '@/components/feedback/offline-banner'
import { LanguageSwitch } from '@/components/language-switch'
import { Rings } from '@/components/rings'
import { SchoolMark } from '@/components/school-mark'
import { useIsPlatform, useSiteName } from '@/lib/tenant/theme-store'

/** Around the pages before the portal: the school's face on one side, the form on the other. */
export function AuthLayout() {
  const { t } = useTranslation('auth')
  const site = useSiteName()
  const isPlatform = useIsPlatform()
  return (
    <div className="flex min-h-dvh flex-col lg:grid lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <header className="relative isolate flex flex-col justify-between gap-6 overflow-hidden bg-brand px-5 py-5 text-on-brand sm:px-8 lg:p-12">
        <Rings className="absolute -right-24 -bottom-40 -z-10 size-[28rem] lg:-right-40 lg:size-[44rem]" />
        <div className="flex items-center gap-3">
          <SchoolMark className="size-11 shrink-0 ring-1 ring-on-brand/25 lg:size-14" />
          <p className="min-w-0 text-lg font-bold lg:text-xl">{site}</p>
        </div>
        <p className="hidden max-w-md text-3xl leading-snug font-semibold text-balance lg:block">
          {isPlatform ? t('layout.claimPlatform') : t('layout.claim')}
        </p>
        <p className="hidden text-sm lg:block">{t('layout.product')}</p>
      </header>
      <div className="flex flex-1 flex-col">
        <OfflineBanner />
        <main className="flex flex-1 flex-col justify-center px-5 py-8 sm:px-8">
          <div className="mx-auto w-full max-w-md">
            <Outlet />
          </div>
        </main>
        <footer className="px-5 pb-5 sm:px-8">
          <LanguageSwitch className="mx-auto max-w-md" />
        </footer>
      </div>
    </div>
  )
}
