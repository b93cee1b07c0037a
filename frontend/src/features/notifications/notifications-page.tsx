import { BellIcon } from '@heroicons/react/24/outline'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { describeError } from '@/lib/api/describe-error'
import { useSessionStore } from '@/lib/auth/session-store'
import { NoticeList } from './notice-list'
import { cursorOf, fetchPage, noticeKeys, useMarkRead } from './queries'

export function NotificationsPage() {
  const { t } = useTranslation('notices')
  const { t: tCommon } = useTranslation()
  const isVisit = useSessionStore((state) => state.visit !== null)
  const markRead = useMarkRead()
  const pages = useInfiniteQuery({
    queryKey: [...noticeKeys.lists, 'all'],
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => cursorOf(next),
  })
  const notices = pages.data?.pages.flatMap(({ results }) => results) ?? []
  const hasUnread = notices.some(({ is_read: isRead }) => !isRead)

  return (
    <div className="max-w-3xl">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <PageHeading title={t('title')} />
        {hasUnread && !isVisit && (
          <Button
            look="secondary"
            pending={markRead.isPending && markRead.variables === null}
            onClick={() => markRead.mutate(null)}
          >
            {t('markAll')}
          </Button>
        )}
      </div>
      {markRead.isError && (
        <Notice tone="danger" role="alert" className="mt-4">
          <strong>{t('notMarked')}</strong> {describeError(markRead.error, tCommon)}
        </Notice>
      )}
      <div className="mt-6">
        {pages.isPending && (
          <Skeleton label={t('loading')}>
            <Bone className="h-64" />
          </Skeleton>
        )}
        {pages.isError && notices.length === 0 && (
          <ErrorState
            title={t('failed')}
            error={pages.error}
            onRetry={() => void pages.refetch()}
            retrying={pages.isFetching}
          />
        )}
        {pages.isSuccess && notices.length === 0 && (
          <EmptyState icon={BellIcon} title={t('empty')}>
            <p>{t('emptyText')}</p>
          </EmptyState>
        )}
        {notices.length > 0 && (
          <div className="rounded-card border border-line bg-surface px-5 py-2">
            <NoticeList notices={notices} onRead={(id) => markRead.mutate(id)} />
          </div>
        )}
        {pages.hasNextPage && (
          <Button
            look="secondary"
            className="mt-4"
            pending={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('more')}
          </Button>
        )}
      </div>
    </div>
  )
}
