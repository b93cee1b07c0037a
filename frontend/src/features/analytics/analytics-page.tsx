import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { Toolbar } from '@/components/data-table/toolbar'
import { ErrorState } from '@/components/feedback/error-state'
import { WidgetBoundary } from '@/components/feedback/widget-boundary'
import { CourseFilter } from '@/components/pickers/filter-pickers'
import { PageHeading } from '@/components/ui/page-heading'
import { Select } from '@/components/ui/select'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { AssignmentsFigure } from './assignments-figure'
import { DepartmentsFigure } from './departments-figure'
import { EngagementFigure } from './engagement-figure'
import { analyticsQuery } from './queries'
import { RulesCard } from './rules-card'
import { TrendFigure } from './trend-figure'

const RANGES = ['3', '6', '12', '24'] as const
const USUAL_RANGE = '6'
const FIGURES = {
  engagement: EngagementFigure,
  trend: TrendFigure,
  departments: DepartmentsFigure,
  assignments: AssignmentsFigure,
}
const PLACES = ['engagement', 'trend', 'departments', 'assignments'] as const

/** How the school learns, in pictures: over months, of all courses or of one. */
export function AnalyticsPage() {
  const { t } = useTranslation('analytics')
  const table = useUrlTableState({ filters: { months: RANGES, course: 'text' } })
  const range = table.filters.months ?? USUAL_RANGE
  const analytics = useQuery(analyticsQuery(Number(range), table.filters.course))
  return (
    <>
      <PageHeading title={t('title')} />
      <p className="mt-2 mb-6 max-w-prose text-ink-soft">{t('intro')}</p>
      <Toolbar table={table}>
        <Select
          label={t('range')}
          value={range}
          onChange={(months) => table.setFilter('months', months === USUAL_RANGE ? '' : months)}
          options={RANGES.map((months) => ({
            value: months,
            label: t('months', { count: Number(months) }),
          }))}
          className="sm:w-48"
        />
        <CourseFilter
          label={t('course')}
          placeholder={t('allCourses')}
          value={table.filters.course ?? null}
          onChange={(id) => table.setFilter('course', id ?? '')}
          className="sm:w-80"
        />
      </Toolbar>
      {analytics.data ? (
        <div
          aria-busy={analytics.isPlaceholderData}
          className={clsx(
            'grid gap-5 transition-opacity xl:grid-cols-2',
            analytics.isPlaceholderData && 'opacity-60',
          )}
        >
          {PLACES.map((place) => {
            const Figure = FIGURES[place]
            return (
              <WidgetBoundary key={place} title={t('failed')}>
                <Figure analytics={analytics.data} />
              </WidgetBoundary>
            )
          })}
        </div>
      ) : analytics.isError ? (
        <ErrorState
          title={t('failed')}
          error={analytics.error}
          onRetry={() => void analytics.refetch()}
          retrying={analytics.isFetching}
        />
      ) : (
        <Skeleton label={t('loading')}>
          <div className="grid gap-5 xl:grid-cols-2">
            {PLACES.map((place) => (
              <Bone key={place} className="h-96" />
            ))}
          </div>
        </Skeleton>
      )}
      <div className="mt-5 empty:hidden">
        <RulesCard />
      </div>
    </>
  )
}
