import {
  DocumentTextIcon,
  LinkIcon,
  PaperClipIcon,
  PlayCircleIcon,
} from '@heroicons/react/24/outline'
import { CheckCircleIcon as DoneIcon } from '@heroicons/react/24/solid'
import type { ComponentType, SVGProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { Content } from '@/lib/api/operations'

export const CONTENT_ICONS: Record<
  Content['content_type'],
  ComponentType<SVGProps<SVGSVGElement>>
> = {
  VIDEO: PlayCircleIcon,
  DOCUMENT: PaperClipIcon,
  LINK: LinkIcon,
  TEXT: DocumentTextIcon,
}

/** How far one thing is, as a sign and as words. */
export function ContentStatus({ status }: { status: Content['status'] }) {
  const { t } = useTranslation('teacher')
  switch (status) {
    case 'COMPLETED':
      return (
        <span className="inline-flex items-center gap-1.5 font-medium text-success">
          <DoneIcon aria-hidden="true" className="size-5 shrink-0" />
          {t('status.completed')}
        </span>
      )
    case 'IN_PROGRESS':
      return (
        <span className="inline-flex items-center gap-1.5 font-medium text-brand-strong">
          <HalfCircle />
          {t('status.inProgress')}
        </span>
      )
    default:
      return (
        <span className="inline-flex items-center gap-1.5 text-ink-soft">
          <EmptyCircle />
          {t('status.notStarted')}
        </span>
      )
  }
}

const EmptyCircle = () => (
  <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className="size-5 shrink-0">
    <circle cx="12" cy="12" r="9" stroke="currentColor" strokeWidth="1.5" />
  </svg>
)

const HalfCircle = () => (
  <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className="size-5 shrink-0">
    <circle cx="12" cy="12" r="9" stroke="currentColor" strokeWidth="1.5" />
    <path d="M12 6a6 6 0 0 1 0 12z" fill="currentColor" />
  </svg>
)
