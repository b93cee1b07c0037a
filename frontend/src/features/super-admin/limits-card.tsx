import { CheckCircleIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/progress-bar'
import { paths } from '@/config/paths'
import { formatBytes, formatNumber } from '@/lib/format'
import type { NearLimit } from './queries'

/** Schools that soon need more room, the fullest first. */
export function LimitsCard({ schools }: { schools: readonly NearLimit[] }) {
  const { t } = useTranslation('super-admin')
  return (
    <Card title={t('limits.title')} description={t('limits.text')}>
      {schools.length === 0 ? (
        <p className="flex items-center gap-2 text-ink-soft">
          <CheckCircleIcon aria-hidden="true" className="size-6 shrink-0 text-success" />
          {t('limits.none')}
        </p>
      ) : (
        <ul className="space-y-4">
          {schools.map((school) => (
            <li key={`${school.id}-${school.resource}`}>
              <NearLimitRow school={school} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function NearLimitRow({ school }: { school: NearLimit }) {
  const { t } = useTranslation('super-admin')
  const { id, name, resource, used, maximum, percentage } = school
  const write = resource === 'storage_bytes' ? formatBytes : formatNumber
  const what = t(`limits.${resource}`, { used: write(used), maximum: write(maximum) })
  return (
    <>
      <div className="mb-1.5 flex flex-wrap items-center justify-between gap-x-4">
        <Link
          to={paths.school(id)}
          className="inline-flex min-h-8 items-center font-semibold text-brand-strong underline-offset-4 hover:underline"
        >
          {name}
        </Link>
        <span className={percentage >= 100 ? 'font-semibold text-danger' : 'text-ink-soft'}>
          {what}
        </span>
      </div>
      <ProgressBar percentage={percentage} label={`${name}: ${what}`} />
    </>
  )
}
