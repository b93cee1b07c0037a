import { EyeIcon } from '@heroicons/react/20/solid'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { describeError } from '@/lib/api/describe-error'
import { displayName } from '@/lib/auth/roles'
import { endVisit } from '@/lib/auth/sign-in'
import { setSignedOut, useSessionStore } from '@/lib/auth/session-store'
import { useSiteName } from '@/lib/tenant/theme-store'

/** Minutes until `end`, rounded up; 0 when it is over. */
const minutesUntil = (end: string) =>
  Math.max(0, Math.ceil((Date.parse(end) - Date.now()) / 60_000))

/** Stays in sight while an operator of the platform acts as somebody of the school. */
export function VisitBanner() {
  const { t } = useTranslation()
  const school = useSiteName()
  const { user, visit } = useSessionStore((state) => state)
  const endsAt = visit?.ends_at
  const [, tick] = useState(0)
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  useEffect(() => {
    if (!endsAt) return
    const timer = setInterval(() => {
      if (minutesUntil(endsAt) === 0) setSignedOut('visit-over')
      else tick((count) => count + 1)
    }, 5000)
    return () => clearInterval(timer)
  }, [endsAt])

  if (!user || !visit) return null

  const end = async () => {
    setPending(true)
    setFailure(null)
    try {
      await endVisit()
    } catch (error) {
      setFailure(error)
      setPending(false)
    }
  }
  return (
    <section
      aria-label={t('visit.label')}
      data-visit-banner
      className="sticky top-0 z-30 border-b-2 border-warning bg-warning-soft text-warning"
    >
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 sm:px-6">
        <EyeIcon aria-hidden="true" className="size-5 shrink-0 max-sm:hidden" />
        <p className="min-w-0 flex-1 basis-64 font-medium">
          {t('visit.acting', { name: displayName(user), school })}{' '}
          <strong>{t('visit.left', { count: minutesUntil(visit.ends_at) })}</strong>
        </p>
        <Button look="secondary" pending={pending} onClick={() => void end()}>
          {t('visit.end')}
        </Button>
        {failure !== null && (
          <p role="alert" className="w-full font-medium">
            {t('visit.endFailed')} {describeError(failure, t)}
          </p>
        )}
      </div>
    </section>
  )
}
