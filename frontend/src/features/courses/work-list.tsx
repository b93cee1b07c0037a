import { AcademicCapIcon, PencilSquareIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Badge } from '@/components/ui/badge'
import { paths } from '@/config/paths'
import type { CourseWork } from './queries'

/** Where the work on a quiz or task goes on. */
export const workPath = ({ id, kind }: Pick<CourseWork, 'id' | 'kind'>): string =>
  kind === 'QUIZ' ? paths.questions(id) : paths.assignment(id)

/** Quizzes and tasks, each with the way to it. */
export function WorkList({ title, work }: { title: string; work: readonly CourseWork[] }) {
  const { t } = useTranslation('courses')
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-semibold">{title}</h3>
      {work.length === 0 ? (
        <p className="text-ink-soft">{t('outline.noAssignments')}</p>
      ) : (
        <ul>
          {work.map((each) => {
            const Icon = each.kind === 'QUIZ' ? AcademicCapIcon : PencilSquareIcon
            return (
              <li key={each.id} className="flex items-center gap-2">
                <Link
                  to={workPath(each)}
                  className="flex min-h-11 min-w-0 flex-1 items-center gap-2 rounded-lg px-2 py-1.5 hover:bg-page"
                >
                  <Icon aria-hidden="true" className="size-5 shrink-0 text-ink-soft" />
                  <span className="min-w-0 flex-1">{each.title}</span>
                  {!each.is_published && <Badge>{t('outline.workDraft')}</Badge>}
                </Link>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
