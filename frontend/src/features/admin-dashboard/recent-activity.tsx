import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Card } from '@/components/ui/card'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { describeAction } from '@/lib/describe-action'
import { formatMoment, formatRelative } from '@/lib/format'
import { activityQuery, settingsQuery } from './queries'

/** What was changed last, by whom. The whole of it is the activity log. */
export function RecentActivity() {
  const { t } = useTranslation(['admin', 'audit'])
  const { t: tAudit } = useTranslation('audit')
  const entries = useQuery(activityQuery)
  const timeZone = useQuery(settingsQuery).data?.time_zone
  if (entries.isError && !entries.data) {
    return (
      <ErrorState
        title={t('recent.failed')}
        error={entries.error}
        onRetry={() => void entries.refetch()}
        retrying={entries.isFetching}
      />
    )
  }
  return (
    <Card
      title={t('recent.title')}
      actions={
        <TextLink to={paths.audit('admin')} className="-my-2">
          {t('recent.all')}
        </TextLink>
      }
    >
      {entries.data ? (
        entries.data.length === 0 ? (
          <p className="text-ink-soft">{t('recent.nothing')}</p>
        ) : (
          <ol className="divide-y divide-line">
            {entries.data.map((entry) => (
              <li
                key={entry.id}
                className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 py-2.5"
              >
                <p className="min-w-0 wrap-anywhere">
                  <span className="font-semibold">{describeAction(entry.action, tAudit)}</span>
                  {entry.object_name && <span>: {entry.object_name}</span>}
                </p>
                <p className="text-sm text-ink-soft">
                  <span className="wrap-anywhere">{entry.actor_email || tAudit('system')}</span>
                  {' · '}
                  <time dateTime={entry.at} title={formatMoment(entry.at, timeZone)}>
                    {formatRelative(entry.at)}
                  </time>
                </p>
              </li>
            ))}
          </ol>
        )
      ) : (
        <Skeleton label={t('recent.loading')}>
          <Bone className="h-48" />
        </Skeleton>
      )}
    </Card>
  )
}
