import { MagnifyingGlassIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { SearchField } from '@/components/ui/search-field'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { LONGEST, searchQuery, SHORTEST } from './queries'
import { SearchResults } from './search-results'

/** Finds courses, their parts, and what is said in their videos. */
export function SearchPage() {
  const { t } = useTranslation('search')
  const [params, setParams] = useSearchParams()
  const words = (params.get('q') ?? '').trim().slice(0, LONGEST)
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(searchQuery(words))
  const isAsked = words.length >= SHORTEST
  const found = isAsked ? data : undefined
  const count = found
    ? found.courses.length + found.contents.length + found.transcripts.length
    : null
  return (
    <>
      <PageHeading title={words ? t('titleFor', { words }) : t('title')}>{t('title')}</PageHeading>
      <SearchField
        label={t('label')}
        value={words}
        onChange={(next) => setParams(next ? { q: next } : {}, { replace: true })}
        className="mt-5 max-w-2xl"
      />
      <p role="status" className="my-4 min-h-6 text-ink-soft">
        {count !== null && !isPlaceholderData && t('count', { count })}
        {words.length > 0 && !isAsked && t('short')}
      </p>
      {error && isAsked ? (
        <div>
          <ErrorState
            title={t('failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        </div>
      ) : found && count ? (
        <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : undefined}>
          <SearchResults found={found} />
        </div>
      ) : found ? (
        <EmptyState
          icon={MagnifyingGlassIcon}
          title={t('nothing.title', { words })}
          action={
            <LinkButton look="secondary" to={paths.teacherCourses}>
              {t('nothing.courses')}
            </LinkButton>
          }
        >
          {t('nothing.text')}
        </EmptyState>
      ) : isAsked ? (
        <Skeleton label={t('loading')}>
          <Bone className="mt-2 h-40 rounded-card" />
          <Bone className="mt-6 h-64 rounded-card" />
        </Skeleton>
      ) : (
        <p className="max-w-prose">{t('intro')}</p>
      )}
    </>
  )
}
