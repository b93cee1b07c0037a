import { ClipboardDocumentCheckIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { LinkButton } from '@/components/ui/button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { shelfOf, SHELVES, type Task, tasksQuery } from './queries'
import { TaskCard } from './task-card'

export function TasksPage() {
  const { t } = useTranslation('tasks')
  const { data, error, refetch, isFetching } = useQuery(tasksQuery)
  return (
    <>
      <PageHeading title={t('title')} />
      {data ? (
        data.length > 0 ? (
          <TaskList tasks={data} />
        ) : (
          <div className="mt-6">
            <EmptyState
              icon={ClipboardDocumentCheckIcon}
              title={t('empty.title')}
              action={<LinkButton to={paths.teacherCourses}>{t('empty.toCourses')}</LinkButton>}
            >
              {t('empty.text')}
            </EmptyState>
          </div>
        )
      ) : error ? (
        <div className="mt-6">
          <ErrorState
            title={t('failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        </div>
      ) : (
        <Skeleton label={t('loading')}>
          <Bone className="mt-5 h-11 max-w-lg rounded-full" />
          <Bone className="mt-5 h-32 rounded-card" />
          <Bone className="mt-4 h-32 rounded-card" />
        </Skeleton>
      )}
    </>
  )
}

function TaskList({ tasks }: { tasks: Task[] }) {
  const { t } = useTranslation('tasks')
  const { filters } = useUrlTableState({ filters: { tab: SHELVES } })
  const tab = filters.tab ?? 'todo'
  const shown = tasks.filter((task) => shelfOf(task) === tab)
  return (
    <>
      <div className="mt-5">
        <LinkTabs
          label={t('which')}
          current={tab}
          tabs={SHELVES.map((shelf) => ({
            id: shelf,
            title: t(`tab.${shelf}`),
            count: tasks.filter((task) => shelfOf(task) === shelf).length,
            to: shelf === 'todo' ? paths.tasks : `${paths.tasks}?tab=${shelf}`,
          }))}
        />
      </div>
      {shown.length > 0 ? (
        <ul aria-label={t(`tab.${tab}`)} className="mt-5 space-y-4">
          {shown.map((task) => (
            <li key={task.id}>
              <TaskCard task={task} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-5 rounded-card border border-line bg-surface px-6 py-10 text-center text-ink-soft">
          {t(`nothing.${tab}`)}
        </p>
      )}
    </>
  )
}
