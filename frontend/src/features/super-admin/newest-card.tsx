import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StatusChip } from '@/components/ui/status-chip'
import { Card } from '@/components/ui/card'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatRelative } from '@/lib/format'
import type { Stats } from './queries'

type Newest = Stats['recent_onboards'][number]

export function NewestCard({ schools }: { schools: readonly Newest[] }) {
  const { t } = useTranslation('super-admin')
  return (
    <Card
      title={t('newest.title')}
      actions={<TextLink to={paths.schools}>{t('newest.all')}</TextLink>}
    >
      <ul className="divide-y divide-line">
        {schools.map((school) => (
          <li
            key={school.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2 first:pt-0"
          >
            <div className="min-w-0">
              <Link
                to={paths.school(school.id)}
                className="inline-flex min-h-8 items-center font-semibold text-brand-strong underline-offset-4 hover:underline"
              >
                {school.name}
              </Link>
              <p className="text-sm text-ink-soft">
                {t(`plan.${school.plan}`)} · {formatRelative(school.created_at)}
              </p>
            </div>
            <State school={school} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function State({ school: { is_active: isOpen, is_trial: isOnTrial } }: { school: Newest }) {
  const { t } = useTranslation('super-admin')
  if (!isOpen) return <StatusChip tone="warning">{t('newest.closed')}</StatusChip>
  return isOnTrial ? (
    <StatusChip tone="brand">{t('newest.trial')}</StatusChip>
  ) : (
    <StatusChip tone="success">{t('newest.active')}</StatusChip>
  )
}
