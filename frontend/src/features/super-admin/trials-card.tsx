import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Card } from '@/components/ui/card'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatDay } from '@/lib/format'
import { daysUntil } from './days-until'
import { MOST_NAMED, trialsQuery } from './queries'

/** Trials that end within so many days are worth a word with the school. */
const SOON_DAYS = 7

export function TrialsCard() {
  const { t } = useTranslation('super-admin')
  const trials = useQuery(trialsQuery)
  const soon = trials.data?.results.filter((each) => daysUntil(each.trial_ends_on) <= SOON_DAYS)
  return (
    <Card title={t('trials.title')} description={t('trials.text')}>
      {trials.isPending && (
        <Skeleton label={t('trials.loading')}>
          <Bone className="h-24" />
        </Skeleton>
      )}
      {trials.isError && !trials.data && (
        <ErrorState
          level={3}
          title={t('trials.failed')}
          error={trials.error}
          onRetry={() => void trials.refetch()}
          retrying={trials.isFetching}
        />
      )}
      {soon?.length === 0 && <p className="text-ink-soft">{t('trials.none')}</p>}
      {soon && soon.length > 0 && (
        <ul className="divide-y divide-line">
          {soon.map((school) => (
            <li
              key={school.id}
              className="flex flex-wrap items-center justify-between gap-x-4 py-2 first:pt-0"
            >
              <Link
                to={paths.school(school.id)}
                className="inline-flex min-h-8 items-center font-semibold text-brand-strong underline-offset-4 hover:underline"
              >
                {school.name}
              </Link>
              <span className="text-ink-soft">
                <strong className="text-ink">
                  {t('trials.left', { count: Math.max(0, daysUntil(school.trial_ends_on)) })}
                </strong>
                {' · '}
                {formatDay(school.trial_ends_on)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {soon?.length === MOST_NAMED && (
        <TextLink to={`${paths.schools}?state=trial&ordering=trial_ends_on`} className="mt-2">
          {t('trials.all')}
        </TextLink>
      )}
    </Card>
  )
}
