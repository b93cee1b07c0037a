import { PencilSquareIcon, TrashIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge } from '@/components/ui/badge'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Button } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { GroupCourses } from './group-courses'
import { GroupFigures } from './group-figures'
import { GroupMembers } from './group-members'
import { type Group, groupQuery } from './queries'

// Forms come with a library that most visits do not need.
const GroupDialog = lazy(async () => ({ default: (await import('./group-dialog')).GroupDialog }))
const DeleteGroupDialog = lazy(async () => ({
  default: (await import('./delete-group-dialog')).DeleteGroupDialog,
}))

export function GroupPage() {
  const { t } = useTranslation('groups')
  const { groupId = '' } = useParams()
  const { data: group, error, isFetching, refetch } = useQuery(groupQuery(groupId))
  return (
    <>
      <Breadcrumbs items={[{ label: t('title'), to: paths.groups }]} />
      {group && <OneGroup key={group.id} group={group} />}
      {!group && error && (
        <>
          <PageHeading title={t('group.failed')} className="sr-only" />
          <ErrorState
            title={t('group.failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        </>
      )}
      {!group && !error && (
        <Skeleton label={t('group.loading')}>
          <div className="grid gap-4 sm:grid-cols-4">
            <Bone className="h-12 sm:col-span-4" />
            <Bone className="h-28" />
            <Bone className="h-28" />
            <Bone className="h-28" />
            <Bone className="h-28" />
            <Bone className="h-96 sm:col-span-4" />
          </div>
        </Skeleton>
      )}
    </>
  )
}

function OneGroup({ group }: { group: Group }) {
  const { t } = useTranslation('groups')
  const navigate = useNavigate()
  const [asked, setAsked] = useState<'edit' | 'delete' | null>(null)
  const close = () => setAsked(null)
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <PageHeading title={group.name} className="wrap-anywhere" />
          <Badge>{t(`kind.${group.kind}`)}</Badge>
        </div>
        <div className="flex flex-wrap gap-3">
          <Button look="secondary" onClick={() => setAsked('edit')}>
            <PencilSquareIcon aria-hidden="true" className="size-5" />
            {t('action.edit')}
          </Button>
          <Button look="secondary" onClick={() => setAsked('delete')}>
            <TrashIcon aria-hidden="true" className="size-5" />
            {t('action.delete')}
          </Button>
        </div>
      </div>
      <div className="space-y-8">
        <GroupFigures group={group} />
        <GroupCourses group={group} />
        <GroupMembers group={group} />
      </div>
      <Suspense>
        {asked === 'edit' && <GroupDialog group={group} onClose={close} />}
        {asked === 'delete' && (
          <DeleteGroupDialog
            group={group}
            onClose={close}
            onDeleted={() => void navigate(paths.groups)}
          />
        )}
      </Suspense>
    </>
  )
}
