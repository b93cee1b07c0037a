import { CheckCircleIcon } from '@heroicons/react/24/solid'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '@/components/ui/button'
import { paths } from '@/config/paths'
import type { Content, Course } from '@/lib/api/operations'
import { nextAfter } from './queries'

/** Says at once that this part is done now, and suggests what comes next; going there is the person's choice. */
export function CompletionNote({ course, content }: { course: Course; content: Content }) {
  const { t } = useTranslation('teacher')
  const [wasDone] = useState(content.status === 'COMPLETED')
  const isNews = content.status === 'COMPLETED' && !wasDone
  const next = nextAfter(course, content.id)
  return (
    <div role="status">
      {isNews && (
        <div className="mt-4 flex animate-fade-in flex-wrap items-center gap-x-4 gap-y-3 rounded-card border border-success bg-success-soft p-4">
          <p className="flex min-w-0 flex-1 basis-60 items-center gap-3 font-semibold text-success">
            <CheckCircleIcon aria-hidden="true" className="size-7 shrink-0" />
            {course.progress.is_complete ? t('done.course') : t('done.content')}
          </p>
          {next ? (
            <LinkButton to={paths.teacherContent(course.id, next.id)}>
              {t('content.next', { title: next.title })}
            </LinkButton>
          ) : (
            <LinkButton look="secondary" to={paths.teacherCourse(course.id)}>
              {t('done.backToCourse')}
            </LinkButton>
          )}
        </div>
      )}
    </div>
  )
}
