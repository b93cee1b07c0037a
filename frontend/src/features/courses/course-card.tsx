import { CalendarIcon, Square3Stack3DIcon, UsersIcon } from '@heroicons/react/20/solid'
import type { ComponentType, ReactNode, SVGProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { CourseThumbnail } from '@/components/course-thumbnail'
import { RowMenu } from '@/components/data-table/row-menu'
import { Badge } from '@/components/ui/badge'
import type { MenuAction } from '@/components/ui/menu'
import { paths } from '@/config/paths'
import { formatDay } from '@/lib/format'
import { Completion, useAudience } from './course-facts'
import { CourseState } from './course-state'
import type { CourseRow } from './queries'
import { restorableUntil } from './restorable'

interface CourseCardProps {
  course: CourseRow
  actions: readonly MenuAction[]
}

export function CourseCard({ course, actions }: CourseCardProps) {
  const { t } = useTranslation('courses')
  const audience = useAudience()
  const isDeleted = course.deleted_at !== null
  return (
    <article className="group relative flex w-full flex-col overflow-hidden rounded-card border border-line bg-surface shadow-xs transition-shadow hover:shadow-md">
      <CourseThumbnail title={course.title} url={course.thumbnail_url} />
      <div className="flex flex-1 flex-col p-5 pt-3">
        <div className="flex items-start justify-between gap-2">
          <div className="flex flex-wrap gap-2 pt-2">
            <CourseState course={course} />
            {course.is_mandatory && <Badge tone="brand">{t('state.required')}</Badge>}
          </div>
          {/* Above the link, whose area is the whole card. */}
          <div className="relative z-10 -mr-3">
            <RowMenu name={course.title} actions={actions} />
          </div>
        </div>
        <h2 className="mt-1 text-lg leading-snug font-bold">
          {isDeleted ? (
            course.title
          ) : (
            <Link
              to={paths.course(course.id)}
              className="underline-offset-4 group-hover:underline after:absolute after:inset-0 focus-visible:[box-shadow:none] focus-visible:outline-none focus-visible:after:rounded-[inherit] focus-visible:after:[box-shadow:inset_0_0_0_4px_#10151d,inset_0_0_0_6px_#ffffff]"
            >
              {course.title}
            </Link>
          )}
        </h2>
        <ul className="mt-2 mb-4 flex flex-1 flex-wrap content-start gap-x-5 gap-y-1 text-sm text-ink-soft">
          <Fact icon={Square3Stack3DIcon}>{t('facts.items', { count: course.content_count })}</Fact>
          <Fact icon={UsersIcon}>{audience(course)}</Fact>
          {course.deadline && (
            <Fact icon={CalendarIcon}>{t('facts.due', { date: formatDay(course.deadline) })}</Fact>
          )}
          {course.deleted_at !== null && (
            <li>
              {t('facts.restorableUntil', { date: formatDay(restorableUntil(course.deleted_at)) })}
            </li>
          )}
        </ul>
        {course.is_published && <Completion course={course} />}
      </div>
    </article>
  )
}

function Fact({
  icon: Icon,
  children,
}: {
  icon: ComponentType<SVGProps<SVGSVGElement>>
  children: ReactNode
}) {
  return (
    <li className="flex items-center gap-1.5">
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {children}
    </li>
  )
}
