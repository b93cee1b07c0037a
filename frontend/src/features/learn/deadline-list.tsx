import {
  AcademicCapIcon,
  CheckCircleIcon,
  ClipboardDocumentCheckIcon,
  PencilSquareIcon,
} from '@heroicons/react/24/outline'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/ui/card'
import { paths } from '@/config/paths'
import { formatDay } from '@/lib/format'
import type { Deadline } from './queries'

const ICONS = new Map([
  ['course', AcademicCapIcon],
  ['quiz', ClipboardDocumentCheckIcon],
])

const targetOf = ({ type, id }: Deadline): string => {
  if (type === 'course') return paths.teacherCourse(id)
  return type === 'quiz' ? paths.quiz(id) : paths.task(id)
}

/** What is over first, then what comes next. */
export function DeadlineList({ deadlines }: { deadlines: Deadline[] }) {
  const { t } = useTranslation('teacher')
  const overdue = deadlines.filter(({ days_left: days }) => days < 0)
  const soon = deadlines.filter(({ days_left: days }) => days >= 0)
  if (deadlines.length === 0) {
    return (
      <Card title={t('start.due')}>
        <p className="flex items-center gap-3 text-ink-soft">
          <CheckCircleIcon aria-hidden="true" className="size-8 shrink-0 text-success" />
          {t('start.nothingDue')}
        </p>
      </Card>
    )
  }
  return (
    <div className="space-y-6">
      {overdue.length > 0 && <Group title={t('start.overdue')} deadlines={overdue} isOver />}
      {soon.length > 0 && <Group title={t('start.due')} deadlines={soon} />}
    </div>
  )
}

interface GroupProps {
  title: string
  deadlines: Deadline[]
  isOver?: boolean
}

function Group({ title, deadlines, isOver = false }: GroupProps) {
  const { t } = useTranslation('teacher')
  return (
    <Card title={title} padding="none" className="pb-2">
      <ul className="divide-y divide-line">
        {deadlines.map((deadline) => {
          const Icon = ICONS.get(deadline.type) ?? PencilSquareIcon
          const days = deadline.days_left
          return (
            <li key={`${deadline.type}-${deadline.id}`}>
              <Link
                to={targetOf(deadline)}
                className="flex min-h-14 gap-3 px-5 py-3 hover:bg-page focus-visible:[box-shadow:inset_0_0_0_3px_#10151d] sm:px-6"
              >
                <Icon aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-brand-strong" />
                <span className="min-w-0 flex-1">
                  <span className="block font-semibold">{deadline.title}</span>
                  <span className={clsx('text-sm', isOver ? 'text-danger' : 'text-ink-soft')}>
                    {formatDay(deadline.due)}
                    {' · '}
                    {isOver
                      ? t('start.daysOver', { count: -days })
                      : days === 0
                        ? t('start.today')
                        : t('start.daysLeft', { count: days })}
                  </span>
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
