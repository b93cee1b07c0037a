import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function VisitEndedPage() {
  const { t } = useTranslation('auth')
  return (
    <>
      <PageHeading title={t('enter.endedTitle')} />
      <p className="mt-2 text-ink-soft">{t('enter.ended')}</p>
    </>
  )
}
