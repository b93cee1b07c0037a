import {
  ClipboardDocumentCheckIcon,
  ForwardIcon,
  PencilSquareIcon,
} from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { countSeconds, toRanges } from '@/features/player/second-ranges'
import type { Course } from '@/lib/api/operations'
import { formatDuration, formatTime, spokenTime } from '@/lib/format'
import { CONTENT_ICONS } from './content-status'
import { allContents, type MissingItem } from './queries'

/** More of them are no help: "Play what I missed" plays them all. */
const MOST_PARTS = 5

const linkOf = (course: Course, { type, id }: MissingItem): string => {
  if (type === 'content') return paths.teacherContent(course.id, id)
  return type === 'quiz' ? paths.quiz(id) : paths.task(id)
}

/** Nobody says of a quiz that it is handed in before they have taken it. */
const whyOf = ({ type, reason }: MissingItem) =>
  type === 'quiz' && reason === 'not_submitted' ? 'not_taken' : reason

/** One thing that is missing: what, why, and the way to it. */
export function MissingRow({ course, item }: { course: Course; item: MissingItem }) {
  const { t } = useTranslation('teacher')
  const content = allContents(course).find(({ id }) => id === item.id)
  const TaskIcon = item.type === 'quiz' ? ClipboardDocumentCheckIcon : PencilSquareIcon
  const Icon = content ? CONTENT_ICONS[content.content_type] : TaskIcon
  const to = linkOf(course, item)
  // Seconds are counted whole; the last one ends a little after the video does.
  const length = content?.duration_seconds ?? Infinity
  const parts = item.reason === 'not_watched_enough' ? toRanges(item.unwatched ?? []) : []
  return (
    <li className="flex gap-3 px-5 py-2 sm:px-6">
      <Icon aria-hidden="true" className="mt-2.5 size-6 shrink-0 text-brand-strong" />
      <div className="min-w-0 flex-1">
        <TextLink to={to} className="pt-2 leading-snug">
          {item.title}
        </TextLink>
        <p className="pb-1 text-sm text-ink-soft">{t(`missing.why.${whyOf(item)}`)}</p>
        {parts.length > 0 && (
          <div className="flex flex-wrap items-center gap-x-4">
            <TextLink to={`${to}?missed=1`} className="gap-2">
              <ForwardIcon aria-hidden="true" className="size-5 shrink-0" />
              {t('missed.play', { length: formatDuration(countSeconds(parts)) })}
            </TextLink>
            <ul
              aria-label={t('missing.parts', { title: item.title })}
              className="flex flex-wrap items-center gap-x-3 text-sm"
            >
              {parts.slice(0, MOST_PARTS).map(([from, end]) => (
                <li key={from}>
                  <TextLink to={`${to}?t=${from}`} className="tabular-nums">
                    <span aria-hidden="true">
                      {formatTime(from)}–{formatTime(Math.min(end, length))}
                    </span>
                    <span className="sr-only">
                      {t('missing.part', {
                        from: spokenTime(from),
                        to: spokenTime(Math.min(end, length)),
                      })}
                    </span>
                  </TextLink>
                </li>
              ))}
              {parts.length > MOST_PARTS && (
                <li className="text-ink-soft">
                  {t('missing.moreParts', { count: parts.length - MOST_PARTS })}
                </li>
              )}
            </ul>
          </div>
        )}
      </div>
    </li>
  )
}
