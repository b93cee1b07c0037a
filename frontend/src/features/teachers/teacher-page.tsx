import { BellAlertIcon } from '@heroicons/react/24/outline'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { fullName } from '@/components/person-name'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { useSessionStore } from '@/lib/auth/session-store'
import { AccountCard } from './account-card'
import { PersonStatus } from './person-status'
import { PrivacyCard } from './privacy-card'
import { refreshPeople, standingsQuery, type Teacher, teacherQuery, workQuery } from './queries'
import { StandingCard } from './standing-card'
import { CourseRow, WorkRow } from './standing-rows'
import { reminderPath, useTeacherActions } from './use-teacher-actions'

// How somebody stands is there first; the form comes after.
const DetailsForm = lazy(async () => ({ default: (await import('./details-form')).DetailsForm }))

export function TeacherPage() {
  const { t } = useTranslation('teachers')
  const { teacherId = '' } = useParams()
  const { data: person, error, isFetching, refetch } = useQuery(teacherQuery(teacherId))
  return (
    <>
      <Breadcrumbs items={[{ label: t('title'), to: paths.teachers }]} />
      {person && <Person key={person.id} person={person} />}
      {!person && error && (
        <>
          <PageHeading title={t('person.failed')} className="sr-only" />
          <ErrorState
            title={t('person.failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        </>
      )}
      {!person && !error && (
        <Skeleton label={t('person.loading')}>
          <div className="grid gap-6 lg:grid-cols-3">
            <Bone className="h-20 lg:col-span-3" />
            <Bone className="h-96 lg:col-span-2" />
            <Bone className="h-64" />
          </div>
        </Skeleton>
      )}
    </>
  )
}

function Person({ person }: { person: Teacher }) {
  const { t } = useTranslation('teachers')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { invite, askActive, failure, dialogs } = useTeacherActions()
  const isOwn = useSessionStore(({ user }) => user?.id === person.id)
  const learns = person.role !== 'SCHOOL_ADMIN'
  const name = fullName(person)

  const leave = () => {
    void navigate(paths.teachers)
    queries.removeQueries({ queryKey: teacherQuery(person.id).queryKey })
    void refreshPeople(queries)
  }
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
        <div className="flex min-w-0 items-center gap-4">
          <Avatar name={name} src={person.profile_picture_url} size="large" />
          <div className="min-w-0">
            <PageHeading title={name} className="wrap-anywhere" />
            <p className="wrap-anywhere text-ink-soft">{person.email}</p>
            <p className="mt-2 flex flex-wrap gap-2">
              <PersonStatus person={person} />
              <Badge>{t(`role.${person.role}`)}</Badge>
              {isOwn && <Badge tone="brand">{t('you')}</Badge>}
            </p>
          </div>
        </div>
        {learns && person.is_active && (
          <LinkButton look="secondary" to={reminderPath([person.id])}>
            <BellAlertIcon aria-hidden="true" className="size-5" />
            {t('action.remind')}
          </LinkButton>
        )}
      </div>
      {failure}
      <div className="grid items-start gap-6 lg:grid-cols-3">
        <div className="min-w-0 space-y-6 lg:col-span-2">
          {learns && <Standing person={person} />}
          <Suspense fallback={<Bone className="h-96" />}>
            <DetailsForm person={person} />
          </Suspense>
        </div>
        <div className="min-w-0 space-y-6">
          <AccountCard
            person={person}
            onInvite={() => invite(person)}
            onActive={() => askActive(person)}
          />
          <PrivacyCard person={person} onErased={leave} />
        </div>
      </div>
      {dialogs}
    </>
  )
}

/** What reports say about one person: they tell of those who are here. */
function Standing({ person }: { person: Teacher }) {
  const { t } = useTranslation('teachers')
  const courses = useQuery(standingsQuery(person.id))
  const work = useQuery(workQuery(person.id))
  const away = person.is_active ? undefined : t('courses.inactive')
  return (
    <>
      <StandingCard
        about="courses"
        rows={courses}
        keyOf={(row) => row.course_id}
        isDone={({ status }) => status === 'COMPLETED'}
        empty={away ?? t('courses.none')}
      >
        {(row) => <CourseRow row={row} />}
      </StandingCard>
      {person.is_active && (
        <StandingCard
          about="work"
          rows={work}
          keyOf={(row) => row.assignment_id}
          isDone={({ status }) => status !== 'PENDING' && status !== 'OVERDUE'}
          empty={t('work.none')}
        >
          {(row) => <WorkRow row={row} />}
        </StandingCard>
      )}
    </>
  )
}
