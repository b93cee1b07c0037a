import { EyeSlashIcon } from '@heroicons/react/20/solid'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { courseQuery, type Task } from './queries'

/** How many whole seconds of a part were watched. */
function secondsWatched(watched: readonly (readonly number[])[], from: number, to: number): number {
  return watched.reduce(
    (sum, [begin = 0, end = 0]) => sum + Math.max(0, Math.min(end, to) - Math.max(begin, from)),
    0,
  )
}

interface UnwatchedNoteProps {
  task: Task
  /** Of the video, in seconds: where the answer is. */
  part: { start: number; end: number }
}

/** Says why an answer may have been wrong: the answer is in what was not watched. An extra; without data, nothing. */
export function UnwatchedNote({ task, part }: UnwatchedNoteProps) {
  const { t } = useTranslation('quiz')
  const { data: course } = useQuery(courseQuery(task.course_id))
  const content = course?.modules
    .flatMap(({ contents }) => contents)
    .find(({ id }) => id === task.content_id)
  if (!content) return null
  const [from, to] = [Math.floor(part.start), Math.ceil(part.end)]
  const watched = secondsWatched(content.watched, from, to)
  if (watched >= to - from) return null
  return (
    <p className="flex items-center gap-2 text-sm font-medium text-warning">
      <EyeSlashIcon aria-hidden="true" className="size-5 shrink-0" />
      {watched > 0 ? t('result.halfWatched') : t('result.unwatched')}
    </p>
  )
}
