import {
  ArrowUturnLeftIcon,
  DocumentDuplicateIcon,
  GlobeAltIcon,
  PencilSquareIcon,
  TrashIcon,
  UserPlusIcon,
} from '@heroicons/react/24/outline'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import type { MenuAction } from '@/components/ui/menu'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { PUBLISH } from './editor-address'
import { AssignDialog, DeleteCourseDialog } from './lazy-dialogs'
import type { CourseRow } from './queries'
import { useCopyCourse } from './use-copy-course'
import { useRestore } from './use-restore'

interface CourseActions {
  /** The menu of one course of the list. */
  actionsOf: (course: CourseRow) => MenuAction[]
  /** What has gone wrong with the last one. */
  failure: ReactNode
  /** What the menus have opened. */
  dialogs: ReactNode
}

/** What can be done with a course from outside its editor. */
export function useCourseActions(): CourseActions {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<{ about: 'delete' | 'assign'; course: CourseRow } | null>(null)
  const { copy, error } = useCopyCourse()
  const restore = useRestore()
  const close = () => setAsked(null)

  const actionsOf = (course: CourseRow): MenuAction[] => {
    if (course.deleted_at !== null) {
      return [
        {
          id: 'restore',
          label: t('action.restore'),
          icon: ArrowUturnLeftIcon,
          onAction: () => restore(course),
        },
      ]
    }
    return [
      {
        id: 'edit',
        label: t('action.edit'),
        icon: PencilSquareIcon,
        onAction: () => void navigate(paths.course(course.id)),
      },
      {
        id: 'assign',
        label: t('action.assign'),
        icon: UserPlusIcon,
        onAction: () => setAsked({ about: 'assign', course }),
      },
      {
        id: 'publish',
        label: course.is_published ? t('action.unpublish') : t('action.publish'),
        icon: GlobeAltIcon,
        onAction: () => void navigate(`${paths.course(course.id)}?item=${PUBLISH}`),
      },
      {
        id: 'duplicate',
        label: t('action.duplicate'),
        icon: DocumentDuplicateIcon,
        onAction: () => void copy(course.id),
      },
      {
        id: 'delete',
        label: t('action.delete'),
        icon: TrashIcon,
        tone: 'danger',
        onAction: () => setAsked({ about: 'delete', course }),
      },
    ]
  }
  return {
    actionsOf,
    failure: error != null && (
      <Notice tone="danger" role="alert" className="mb-4">
        <strong>{t('action.failed')}</strong> {describeError(error, tCommon)}
      </Notice>
    ),
    dialogs: (
      <Suspense>
        {asked?.about === 'delete' && <DeleteCourseDialog course={asked.course} onClose={close} />}
        {asked?.about === 'assign' && <AssignDialog course={asked.course} onClose={close} />}
      </Suspense>
    ),
  }
}
