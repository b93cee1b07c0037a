import { CheckBadgeIcon } from '@heroicons/react/24/outline'
import { PlayIcon } from '@heroicons/react/24/solid'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { paths } from '@/config/paths'
import { formatPercent, formatTime, spokenTime } from '@/lib/format'
import { CourseThumbnail } from '@/components/course-thumbnail'
import { allContents, courseQuery, type Dashboard } from './queries'

type GoOn = NonNullable<Dashboard['continue_learning']>

/** One click back to where this person stopped, or a word of praise when nothing is left. */
export function ContinueCard({ goOn }: { goOn: GoOn | null }) {
  const { t } = useTranslation('teacher')
  if (goOn) return <GoOnCard goOn={goOn} />
  return (
    <section
      aria-label={t('start.continue')}
      className="flex flex-wrap items-center gap-4 rounded-card border border-line bg-surface p-5 sm:p-6"
    >
      <CheckBadgeIcon aria-hidden="true" className="size-12 shrink-0 text-success" />
      <div className="min-w-0 flex-1 basis-52">
        <h2 className="text-lg font-bold">{t('start.allDone')}</h2>
        <p className="text-ink-soft">{t('start.allDoneText')}</p>
      </div>
      <LinkButton look="secondary" to={paths.teacherCourses}>
        {t('start.toCourses')}
      </LinkButton>
    </section>
  )
}

function GoOnCard({ goOn }: { goOn: GoOn }) {
  const { t } = useTranslation('teacher')
  // Only for the picture and the length: without them the card is as useful.
  const { data: course } = useQuery(courseQuery(goOn.course_id))
  const content = course && allContents(course).find(({ id }) => id === goOn.content_id)
  const length = content?.duration_seconds ?? 0
  const isBegun = goOn.resume_seconds > 0 && goOn.resume_seconds < length - 5
  const target = goOn.content_id
    ? paths.teacherContent(goOn.course_id, goOn.content_id)
    : paths.teacherCourse(goOn.course_id)
  const left = length - goOn.resume_seconds
  return (
    <section
      aria-labelledby="continue"
      className="overflow-hidden rounded-card border border-line bg-surface sm:flex"
    >
      <div className="relative shrink-0 sm:w-80 sm:[&>:first-child]:aspect-auto sm:[&>:first-child]:h-full">
        <CourseThumbnail
          title={goOn.course_title}
          url={content?.thumbnail_url ?? course?.thumbnail_url ?? null}
        />
        {length > 0 && isBegun && (
          <div aria-hidden="true" className="absolute inset-x-0 bottom-0 h-1.5 bg-night/60">
            <div
              className="h-full bg-brand-on-night"
              style={{ width: `${(goOn.resume_seconds / length) * 100}%` }}
            />
          </div>
        )}
      </div>
      <div className="flex min-w-0 flex-1 flex-col p-5 sm:p-6">
        <h2 id="continue" className="text-sm font-semibold text-brand-strong">
          {isBegun || goOn.percentage > 0 ? t('start.continue') : t('start.begin')}
        </h2>
        <p className="mt-1 text-xl leading-snug font-bold">
          {goOn.content_title ?? goOn.course_title}
        </p>
        {goOn.content_title && <p className="mt-0.5 text-ink-soft">{goOn.course_title}</p>}
        {!goOn.content_id && <p className="mt-2 text-ink-soft">{t('start.tasksLeft')}</p>}
        {length > 0 && (
          <p className="mt-2 text-ink-soft">
            <span aria-hidden="true" className="tabular-nums">
              {isBegun
                ? t('start.left', { left: formatTime(left), length: formatTime(length) })
                : formatTime(length)}
            </span>
            <span className="sr-only">
              {isBegun
                ? t('start.left', { left: spokenTime(left), length: spokenTime(length) })
                : spokenTime(length)}
            </span>
          </p>
        )}
        <div className="mt-4 flex flex-1 flex-wrap items-end gap-x-6 gap-y-4">
          <LinkButton to={target}>
            <PlayIcon aria-hidden="true" className="size-5" />
            {isBegun ? t('start.resume') : goOn.content_id ? t('start.startNow') : t('start.open')}
          </LinkButton>
          <div className="min-w-40 flex-1">
            <p className="mb-1 flex justify-between gap-3 text-sm text-ink-soft">
              {t('start.course')}
              <span aria-hidden="true" className="font-semibold text-ink tabular-nums">
                {formatPercent(goOn.percentage)}
              </span>
            </p>
            <ProgressBar
              percentage={goOn.percentage}
              label={t('course.progressOf', { title: goOn.course_title })}
            />
          </div>
        </div>
      </div>
    </section>
  )
}
