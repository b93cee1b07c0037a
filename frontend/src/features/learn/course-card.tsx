import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { CourseThumbnail } from '@/components/course-thumbnail'
import { Badge } from '@/components/ui/badge'
import { paths } from '@/config/paths'
import type { CourseSummary } from '@/lib/api/operations'
import { CourseFacts } from './course-facts'
import { CourseProgressBar } from './course-progress-bar'

export function CourseCard({ course }: { course: CourseSummary }) {
  const { t } = useTranslation('teacher')
  return (
    <article className="group relative flex w-full flex-col overflow-hidden rounded-card border border-line bg-surface shadow-xs transition-shadow hover:shadow-md">
      <CourseThumbnail title={course.title} url={course.thumbnail_url} />
      <div className="flex flex-1 flex-col p-5">
        <div className="flex flex-wrap gap-2 empty:hidden">
          {course.is_mandatory && <Badge tone="brand">{t('course.mandatory')}</Badge>}
          {course.progress.is_complete && <Badge tone="success">{t('status.completed')}</Badge>}
        </div>
        <h2 className="mt-2 text-lg leading-snug font-bold">
          {/* The link's area covers the card, its name stays the title alone. */}
          <Link
            to={paths.teacherCourse(course.id)}
            className="underline-offset-4 group-hover:underline after:absolute after:inset-0 focus-visible:[box-shadow:none] focus-visible:outline-none focus-visible:after:rounded-[inherit] focus-visible:after:[box-shadow:inset_0_0_0_4px_#10151d,inset_0_0_0_6px_#ffffff]"
          >
            {course.title}
          </Link>
        </h2>
        {course.description && (
          <p className="mt-1 line-clamp-2 text-ink-soft">{course.description}</p>
        )}
        <div className="mt-3 flex-1">
          <CourseFacts course={course} />
        </div>
        <div className="mt-4">
          <CourseProgressBar progress={course.progress} title={course.title} />
        </div>
      </div>
    </article>
  )
}
