import { ClockIcon, ExclamationTriangleIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '@/lib/format'
import { KIND_ICONS } from './kinds'
import { type Content, isBeingPrepared } from './queries'

/** One content as a line of the outline. */
export function OutlineItem({ content }: { content: Content }) {
  const { t } = useTranslation('courses')
  const Icon = KIND_ICONS[content.content_type]
  return (
    <span className="flex items-start gap-2 font-normal">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-soft" />
      <span className="min-w-0 flex-1">
        <span className="line-clamp-2">{content.title}</span>
        <span className="flex flex-wrap items-center gap-x-2 text-sm text-ink-soft">
          {t(`kind.${content.content_type}`)}
          {content.duration_seconds !== null && (
            <span>{formatDuration(content.duration_seconds)}</span>
          )}
          {!content.is_mandatory && <span>{t('outline.optional')}</span>}
          {isBeingPrepared(content) && (
            <span className="flex items-center gap-1 font-medium text-brand-strong">
              <ClockIcon aria-hidden="true" className="size-4" />
              {t('video.preparing')}
            </span>
          )}
          {content.video_status === 'FAILED' && (
            <span className="flex items-center gap-1 font-medium text-danger">
              <ExclamationTriangleIcon aria-hidden="true" className="size-4" />
              {t('video.failed')}
            </span>
          )}
        </span>
      </span>
    </span>
  )
}
