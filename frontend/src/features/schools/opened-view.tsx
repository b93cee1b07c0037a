import { CheckCircleIcon, EnvelopeIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/ui/card'
import { Button, LinkButton } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import type { Answer, onboardSchool } from '@/lib/api/operations'
import { formatDay } from '@/lib/format'
import { schoolAddress } from '@/lib/tenant/school-address'
import { AddressLink } from './address-link'

interface OpenedViewProps {
  opened: Answer<typeof onboardSchool<true>>
  onAnother: () => void
}

/** The school is there: where it is, and what happens now. */
export function OpenedView({ opened, onAnother }: OpenedViewProps) {
  const { t } = useTranslation('schools')
  const { tenant, subdomain, admin_email: email } = opened
  return (
    <div className="mx-auto max-w-2xl">
      <div className="flex items-center gap-3" role="status">
        <CheckCircleIcon aria-hidden="true" className="size-9 shrink-0 text-success" />
        <PageHeading title={t('opened.title', { name: tenant.name })} />
      </div>
      <Card className="mt-6">
        <h2 className="text-lg font-bold">{t('opened.address')}</h2>
        <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2 text-lg">
          <AddressLink subdomain={subdomain} />
          <CopyButton text={schoolAddress(subdomain)} label={t('opened.copy')} />
        </div>
        <div className="mt-5 flex gap-3 border-t border-line pt-5">
          <EnvelopeIcon aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-brand-strong" />
          <div className="min-w-0">
            <p className="font-semibold">{t('opened.mail', { email })}</p>
            <p className="mt-1 text-ink-soft">{t('opened.mailText')}</p>
          </div>
        </div>
        <p className="mt-5 text-ink-soft">
          {t('opened.trial', { day: formatDay(tenant.trial_ends_on) })}
        </p>
      </Card>
      <div className="mt-6 flex flex-wrap gap-3">
        <LinkButton to={paths.school(tenant.id)}>{t('opened.goTo')}</LinkButton>
        <Button look="secondary" onClick={onAnother}>
          {t('opened.another')}
        </Button>
      </div>
    </div>
  )
}
