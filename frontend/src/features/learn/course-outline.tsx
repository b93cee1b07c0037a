import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Badge } from '@/components/ui/badge'
import { paths } from '@/config/paths'
import type { Content, Course } from '@/lib/api/operations'
import { formatTime, spokenTime } from '@/lib/format'
import { CONTENT_ICONS, ContentStatus } from './content-status'
import { isBeingPrepared } from './queries'

interface CourseOutlineProps {
  course: Course
  /** The content on the page beside it. */
  currentId?: string
  /** Without frames and descriptions, for a place beside something else. */
  compact?: boolean
}

export function CourseOutline({ course, currentId, compact = false }: CourseOutlineProps) {
  const { t } = useTranslation('teacher')
  return (
    <ol className="space-y-6">
      {course.modules.map((module) => (
        <li key={module.id}>
          <h2 className={clsx('font-bold', compact ? 'px-3' : 'text-xl')}>{module.title}</h2>
          {!compact && module.description && (
            <p className="mt-1 max-w-prose whitespace-pre-line text-ink-soft">
              {module.description}
            </p>
          )}
          {module.contents.length > 0 ? (
            <ol
              className={clsx(
                'mt-2',
                !compact &&
                  'divide-y divide-line overflow-hidden rounded-card border border-line bg-surface',
              )}
            >
              {module.contents.map((content) => (
                <li key={content.id}>
                  <OutlineItem
                    courseId={course.id}
                    content={content}
                    current={content.id === currentId}
                  />
                </li>
              ))}
            </ol>
          ) : (
            <p className="mt-2 text-ink-soft">{t('outline.emptyModule')}</p>
          )}
        </li>
      ))}
    </ol>
  )
}

interface OutlineItemProps {
  courseId: string
  content: Content
  current: boolean
}

function OutlineItem({ courseId, content, current }: OutlineItemProps) {
  const { t } = useTranslation('teacher')
  const Icon = CONTENT_ICONS[content.content_type]
  return (
    <Link
      to={paths.teacherContent(courseId, content.id)}
      aria-current={current ? 'page' : undefined}
      className={clsx(
        'flex min-h-14 gap-3 px-3 py-3 focus-visible:[box-shadow:inset_0_0_0_3px_#10151d]',
        current ? 'border-l-4 border-brand-strong bg-brand-soft pl-2' : 'hover:bg-page',
      )}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-brand-strong" />
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">{content.title}</span>
        <span className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
          <span>
            {t(`kind.${content.content_type}`)}
            {content.duration_seconds ? (
              <>
                {' · '}
                <span aria-hidden="true" className="tabular-nums">
                  {formatTime(content.duration_seconds)}
                </span>
                <span className="sr-only">{spokenTime(content.duration_seconds)}</span>
              </>
            ) : null}
          </span>
          <ContentStatus status={content.status} />
          {isBeingPrepared(content) && <Badge tone="warning">{t('outline.preparing')}</Badge>}
          {!content.is_mandatory && <Badge>{t('outline.optional')}</Badge>}
        </span>
      </span>
    </Link>
  )
}
