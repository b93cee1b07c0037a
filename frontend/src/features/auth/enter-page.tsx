import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { PageHeading } from '@/components/ui/page-heading'
import { Spinner } from '@/components/ui/spinner'
import { describeError } from '@/lib/api/describe-error'
import { isApiError } from '@/lib/api/problem'
import { homePath } from '@/lib/auth/roles'
import { enterSchool } from '@/lib/auth/sign-in'

/** Reads the code that the Command Center put behind `#`, and takes it out of the address. */
function takeCode(): string {
  const code = new URLSearchParams(location.hash.slice(1)).get('code') ?? ''
  history.replaceState(history.state, '', location.pathname)
  return code
}

/** Where an operator's visit begins: exchanges the one-time code for a session of this tab. */
export function EnterPage() {
  const { t } = useTranslation('auth')
  const { t: tCommon } = useTranslation()
  const navigate = useNavigate()
  const started = useRef(false)
  const [failure, setFailure] = useState<unknown>(null)

  useEffect(() => {
    // The code works once, so it must be sent once, however often React runs this.
    if (started.current) return
    started.current = true
    enterSchool(takeCode()).then(
      (user) =>
        void navigate(homePath({ ...user, must_change_password: false }), { replace: true }),
      setFailure,
    )
  }, [navigate])

  if (failure !== null) {
    const isCodeAtFault =
      isApiError(failure, 'code_invalid') || isApiError(failure, 'validation_error')
    return (
      <>
        <PageHeading key="bad" title={t('enter.badTitle')} />
        <p role="alert" className="mt-2 text-ink-soft">
          {isCodeAtFault ? t('enter.bad') : describeError(failure, tCommon)}
        </p>
      </>
    )
  }
  return (
    <>
      <PageHeading title={t('enter.title')} />
      <p role="status" className="mt-4 flex items-center gap-3 text-ink-soft">
        <Spinner className="size-6" />
        {t('enter.pending')}
      </p>
    </>
  )
}
