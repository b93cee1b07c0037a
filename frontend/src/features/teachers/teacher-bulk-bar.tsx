import {
  BellAlertIcon,
  EnvelopeIcon,
  NoSymbolIcon,
  UserGroupIcon,
} from '@heroicons/react/24/outline'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkBar } from '@/components/data-table/bulk-bar'
import { fullName } from '@/components/person-name'
import { Button, LinkButton } from '@/components/ui/button'
import { deactivateTeacher, inviteTeacher } from '@/lib/api/operations'
import { describePersonError } from './describe-person-error'
import { statusOf } from './person-status'
import { refreshPeople, type Teacher } from './queries'
import { reminderPath } from './use-teacher-actions'

// What is asked seldom is loaded when it is asked.
const BulkRunDialog = lazy(async () => ({
  default: (await import('@/components/bulk-run-dialog')).BulkRunDialog<Teacher>,
}))
const JoinDialog = lazy(async () => ({ default: (await import('./join-dialog')).JoinDialog }))

interface TeacherBulkBarProps {
  people: readonly Teacher[]
  onClear: () => void
}

const RUNS = { bulkInvite: inviteTeacher, bulkDeactivate: deactivateTeacher }

/** What can be done with several people at once. */
export function TeacherBulkBar({ people, onClear }: TeacherBulkBarProps) {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<{ about: keyof typeof RUNS; people: Teacher[] } | 'join'>()
  const close = () => setAsked(undefined)

  const invited = people.filter((person) => statusOf(person) === 'invited')
  const active = people.filter((person) => person.is_active)
  const learners = active.filter(({ role }) => role !== 'SCHOOL_ADMIN')
  return (
    <>
      <BulkBar count={people.length} onClear={onClear}>
        {invited.length > 0 && (
          <Button
            look="secondary"
            onClick={() => setAsked({ about: 'bulkInvite', people: invited })}
          >
            <EnvelopeIcon aria-hidden="true" className="size-5" />
            {t('bulk.invite')}
          </Button>
        )}
        {learners.length > 0 && (
          <>
            <Button look="secondary" onClick={() => setAsked('join')}>
              <UserGroupIcon aria-hidden="true" className="size-5" />
              {t('bulk.join')}
            </Button>
            <LinkButton look="secondary" to={reminderPath(learners.map(({ id }) => id))}>
              <BellAlertIcon aria-hidden="true" className="size-5" />
              {t('bulk.remind')}
            </LinkButton>
          </>
        )}
        {active.length > 0 && (
          <Button
            look="secondary"
            onClick={() => setAsked({ about: 'bulkDeactivate', people: active })}
          >
            <NoSymbolIcon aria-hidden="true" className="size-5" />
            {t('bulk.deactivate')}
          </Button>
        )}
      </BulkBar>
      <Suspense>
        {asked === 'join' && <JoinDialog people={learners} onClose={close} onDone={onClear} />}
        {typeof asked === 'object' && (
          <BulkRunDialog
            title={t(`${asked.about}.title`, { count: asked.people.length })}
            body={t(`${asked.about}.text`)}
            confirmLabel={t(`${asked.about}.confirm`)}
            tone={asked.about === 'bulkDeactivate' ? 'danger' : 'normal'}
            items={asked.people}
            nameOf={fullName}
            run={async ({ id }) => {
              await RUNS[asked.about]({ path: { teacher_id: id } })
            }}
            explain={(error) => describePersonError(error, t, tCommon)}
            doneText={(count) => t(`${asked.about}.done`, { count })}
            onDone={() => {
              void refreshPeople(queries)
              onClear()
            }}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  )
}
