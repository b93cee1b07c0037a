import {
  BellAlertIcon,
  EnvelopeIcon,
  NoSymbolIcon,
  UserCircleIcon,
  UserGroupIcon,
  UserPlusIcon,
} from '@heroicons/react/24/outline'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { fullName } from '@/components/person-name'
import type { MenuAction } from '@/components/ui/menu'
import { paths } from '@/config/paths'
import { inviteTeacher } from '@/lib/api/operations'
import { useSessionStore } from '@/lib/auth/session-store'
import { showToast } from '@/lib/toasts'
import { describePersonError } from './describe-person-error'
import { statusOf } from './person-status'
import { refreshPeople, type Teacher } from './queries'

// What is asked seldom is loaded when it is asked.
const ActiveDialog = lazy(async () => ({ default: (await import('./active-dialog')).ActiveDialog }))
const JoinDialog = lazy(async () => ({ default: (await import('./join-dialog')).JoinDialog }))

interface TeacherActions {
  /** The menu of one person. */
  actionsOf: (person: Teacher) => MenuAction[]
  /** Sends a person a new link. */
  invite: (person: Teacher) => Promise<void>
  /** Asks whether to open or close an account. */
  askActive: (person: Teacher) => void
  /** What has gone wrong with the last one. */
  failure: ReactNode
  /** What the menus have opened. */
  dialogs: ReactNode
}

/** Where a reminder to these people is written. */
export const reminderPath = (ids: readonly string[]): string =>
  `${paths.newReminder}?teachers=${ids.join(',')}`

/** What can be done with a person from a list or from the head of their page. */
export function useTeacherActions(): TeacherActions {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const ownId = useSessionStore(({ user }) => user?.id)
  const [asked, setAsked] = useState<{ about: 'active' | 'join'; person: Teacher } | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const close = () => setAsked(null)

  const invite = async (person: Teacher) => {
    setFailure(null)
    try {
      await inviteTeacher({ path: { teacher_id: person.id } })
      showToast(t('action.invited', { name: fullName(person) }))
    } catch (error) {
      setFailure(error)
      // Somebody else may have changed the person meanwhile.
      void refreshPeople(queries)
    }
  }
  const askActive = (person: Teacher) => setAsked({ about: 'active', person })

  const actionsOf = (person: Teacher): MenuAction[] => {
    const status = statusOf(person)
    const learns = person.role !== 'SCHOOL_ADMIN' && status !== 'deactivated'
    const actions: (MenuAction | false)[] = [
      {
        id: 'open',
        label: t('action.open'),
        icon: UserCircleIcon,
        onAction: () => void navigate(paths.teacher(person.id)),
      },
      status === 'invited' && {
        id: 'invite',
        label: t('action.invite'),
        icon: EnvelopeIcon,
        onAction: () => void invite(person),
      },
      learns && {
        id: 'join',
        label: t('action.join'),
        icon: UserGroupIcon,
        onAction: () => setAsked({ about: 'join', person }),
      },
      learns && {
        id: 'remind',
        label: t('action.remind'),
        icon: BellAlertIcon,
        onAction: () => void navigate(reminderPath([person.id])),
      },
      person.id !== ownId &&
        (status === 'deactivated'
          ? {
              id: 'activate',
              label: t('action.activate'),
              icon: UserPlusIcon,
              onAction: () => askActive(person),
            }
          : {
              id: 'deactivate',
              label: t('action.deactivate'),
              icon: NoSymbolIcon,
              tone: 'danger',
              onAction: () => askActive(person),
            }),
    ]
    return actions.filter((action) => action !== false)
  }
  return {
    actionsOf,
    invite,
    askActive,
    failure: failure !== null && (
      <Notice tone="danger" role="alert" className="mb-4">
        <strong>{t('action.failed')}</strong> {describePersonError(failure, t, tCommon)}
      </Notice>
    ),
    dialogs: (
      <Suspense>
        {asked?.about === 'active' && <ActiveDialog person={asked.person} onClose={close} />}
        {asked?.about === 'join' && <JoinDialog people={[asked.person]} onClose={close} />}
      </Suspense>
    ),
  }
}
