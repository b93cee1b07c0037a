import {
  DocumentDuplicateIcon,
  EllipsisVerticalIcon,
  GlobeAltIcon,
  EyeIcon,
  TrashIcon,
  UserPlusIcon,
} from '@heroicons/react/24/outline'
import { clsx } from 'clsx'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { useAudience } from './course-facts'
import { CourseState } from './course-state'
import { DeleteCourseDialog } from './lazy-dialogs'
import { PUBLISH, useEditorAddress } from './editor-address'
import type { Course } from './queries'
import { useCopyCourse } from './use-copy-course'

interface EditorHeaderProps {
  course: Course
  /** On a phone, while something is open, only the title stands there. */
  isCompact: boolean
  onAssign: () => void
}

/** What the course is called, how it stands, and what can be done with it as a whole. */
export function EditorHeader({ course, isCompact, onAssign }: EditorHeaderProps) {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const navigate = useNavigate()
  const { open } = useEditorAddress()
  const { copy, error } = useCopyCourse()
  const audience = useAudience()
  const [isDeleting, setDeleting] = useState(false)
  return (
    <div className="mb-6 space-y-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <PageHeading title={course.title} />
          <div
            className={clsx(
              'mt-2 flex flex-wrap items-center gap-x-3 gap-y-1',
              isCompact && 'max-lg:hidden',
            )}
          >
            <CourseState course={course} />
            {course.is_mandatory && <Badge tone="brand">{t('state.required')}</Badge>}
            <span className="text-ink-soft">{audience(course)}</span>
          </div>
        </div>
        <div className={clsx('flex flex-wrap gap-2', isCompact && 'max-lg:hidden')}>
          <Button look="secondary" onClick={onAssign}>
            <UserPlusIcon aria-hidden="true" className="size-5" />
            {t('action.assign')}
          </Button>
          <Button
            look={course.is_published ? 'secondary' : 'primary'}
            onClick={() => open(PUBLISH)}
          >
            <GlobeAltIcon aria-hidden="true" className="size-5" />
            {course.is_published ? t('action.unpublish') : t('action.publish')}
          </Button>
          <Menu
            label={t('editor.actions')}
            trigger={
              <>
                <span className="sr-only">{t('editor.actions')}</span>
                <EllipsisVerticalIcon aria-hidden="true" className="size-6" />
              </>
            }
            items={[
              {
                id: 'preview',
                label: t('action.preview'),
                icon: EyeIcon,
                onAction: () => void navigate(paths.coursePreview(course.id)),
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
                onAction: () => setDeleting(true),
              },
            ]}
          />
        </div>
      </div>
      {error != null && (
        <Notice tone="danger" role="alert">
          <strong>{t('action.failed')}</strong> {describeError(error, tCommon)}
        </Notice>
      )}
      {isDeleting && (
        <Suspense>
          <DeleteCourseDialog
            course={course}
            onClose={() => setDeleting(false)}
            onDeleted={() => void navigate(paths.courses)}
          />
        </Suspense>
      )}
    </div>
  )
}
