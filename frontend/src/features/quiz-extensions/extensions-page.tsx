import { PlusIcon } from '@heroicons/react/20/solid'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Button } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { formatDuration } from '@/lib/format'
import { ExtensionsTable } from './extensions-table'
import { type Assignment, assignmentQuery, type Extension, timeZoneQuery } from './queries'

const ExtensionDialog = lazy(async () => ({
  default: (await import('./extension-dialog')).ExtensionDialog,
}))

/** Who has more time or more attempts at a quiz than everybody. */
export function ExtensionsPage() {
  const { t } = useTranslation('quiz-extensions')
  const { assignmentId = '' } = useParams()
  const assignment = useQuery(assignmentQuery(assignmentId))
  const { data: timeZone } = useQuery(timeZoneQuery)
  /** Nobody yet: somebody new. */
  const [open, setOpen] = useState<{ extension: Extension | null } | null>(null)
  const above: { label: string; to: string }[] = [
    { label: t('assignments'), to: paths.assignments },
  ]
  if (assignment.data) {
    above.push({ label: assignment.data.title, to: paths.assignment(assignmentId) })
  }
  return (
    <>
      <Breadcrumbs items={above} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <PageHeading
          title={assignment.data ? t('of', { title: assignment.data.title }) : t('title')}
          className="min-w-0 flex-1 basis-72"
        />
        {assignment.data && (
          <Button onClick={() => setOpen({ extension: null })}>
            <PlusIcon aria-hidden="true" className="size-5" />
            {t('give')}
          </Button>
        )}
      </div>
      <p className="mt-2 max-w-prose text-ink-soft">{t('intro')}</p>
      {assignment.data ? (
        <>
          <Everybody assignment={assignment.data} />
          <ExtensionsTable
            assignmentId={assignmentId}
            timeZone={timeZone}
            onChange={(extension) => setOpen({ extension })}
          />
        </>
      ) : (
        <div className="mt-6">
          {assignment.error ? (
            <ErrorState
              title={t('list.failed')}
              error={assignment.error}
              onRetry={() => void assignment.refetch()}
              retrying={assignment.isFetching}
            />
          ) : (
            <Bone className="h-64 animate-appear-late" />
          )}
        </div>
      )}
      {open && assignment.data && (
        <Suspense>
          <ExtensionDialog
            assignmentId={assignmentId}
            isTimed={assignment.data.quiz?.time_limit_seconds != null}
            extension={open.extension}
            timeZone={timeZone}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </>
  )
}

/** What is given to everybody, to compare with. */
function Everybody({ assignment: { quiz } }: { assignment: Assignment }) {
  const { t } = useTranslation('quiz-extensions')
  if (!quiz) return null
  const { attempts_allowed: count, time_limit_seconds: limit } = quiz
  const attempts = t('everybody.attempts', { count })
  return (
    <p className="mt-2 mb-5 font-semibold">
      {limit === null
        ? t('everybody.noLimit', { attempts })
        : t('everybody.limit', { attempts, time: formatDuration(limit) })}
    </p>
  )
}
