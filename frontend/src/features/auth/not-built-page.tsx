import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button, LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { signOut } from '@/lib/auth/session'
import { useSessionStore } from '@/lib/auth/session-store'

/** Honest stand-in for the portals that are still to come. */
export function NotBuiltPage() {
  const { t } = useTranslation('auth')
  const { t: tCommon } = useTranslation()
  const user = useSessionStore((state) => state.user)
  const [failure, setFailure] = useState<unknown>(null)
  return (
    <>
      <PageHeading title={t('notBuilt.title')} />
      <div className="mt-3 space-y-3 text-ink-soft">
        {user && <p>{t('notBuilt.who', { email: user.email })}</p>}
        <p>{t('notBuilt.text')}</p>
      </div>
      {failure !== null && (
        <Notice tone="danger" role="alert" className="mt-6">
          <strong>{tCommon('account.signOutFailed')}</strong> {describeError(failure, tCommon)}
        </Notice>
      )}
      <div className="mt-6 flex flex-wrap gap-3">
        <Button onClick={() => void signOut().catch(setFailure)}>
          {tCommon('account.signOut')}
        </Button>
        <LinkButton look="secondary" to={paths.changePassword}>
          {tCommon('account.changePassword')}
        </LinkButton>
      </div>
    </>
  )
}
