import {
  AcademicCapIcon,
  CheckBadgeIcon,
  ClipboardDocumentCheckIcon,
} from '@heroicons/react/24/outline'
import type { ComponentType, SVGProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProgressRing } from '@/components/progress-ring'
import { Card } from '@/components/ui/card'
import { paths } from '@/config/paths'
import type { Dashboard } from './queries'

export function DashboardFigures({ stats }: { stats: Dashboard['stats'] }) {
  const { t } = useTranslation('teacher')
  return (
    <Card title={t('start.progress')}>
      <div className="flex flex-wrap items-center gap-6">
        <ProgressRing
          percentage={stats.overall_progress}
          label={t('start.overall')}
          className="size-32 text-2xl"
        />
        <ul className="min-w-52 flex-1 space-y-3">
          <Figure
            icon={AcademicCapIcon}
            to={`${paths.teacherCourses}?state=done`}
            text={t('start.completed', {
              done: stats.completed_courses,
              count: stats.total_courses,
            })}
          />
          <Figure
            icon={ClipboardDocumentCheckIcon}
            to={paths.tasks}
            text={t('start.pending', { count: stats.pending_assignments })}
          />
          {stats.completed_courses > 0 && (
            <Figure icon={CheckBadgeIcon} to={paths.certificates} text={t('certificates.link')} />
          )}
        </ul>
      </div>
    </Card>
  )
}

interface FigureProps {
  icon: ComponentType<SVGProps<SVGSVGElement>>
  text: string
  to: string
}

function Figure({ icon: Icon, text, to }: FigureProps) {
  return (
    <li>
      <Link
        to={to}
        className="flex min-h-11 items-center gap-3 rounded-lg font-medium underline-offset-4 hover:underline"
      >
        <Icon aria-hidden="true" className="size-6 shrink-0 text-brand-strong" />
        {text}
      </Link>
    </li>
  )
}
