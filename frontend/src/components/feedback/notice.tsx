import {
  CheckCircleIcon,
  ExclamationTriangleIcon,
  InformationCircleIcon,
} from '@heroicons/react/24/outline'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'

const TONES = {
  info: { box: 'bg-brand-soft border-brand-strong', icon: InformationCircleIcon },
  success: { box: 'bg-success-soft border-success', icon: CheckCircleIcon },
  danger: { box: 'bg-danger-soft border-danger', icon: ExclamationTriangleIcon },
}

interface NoticeProps {
  tone: keyof typeof TONES
  /** `alert` interrupts a screen reader, for what went wrong just now. */
  role?: 'alert' | 'status'
  className?: string
  children: ReactNode
}

export function Notice({ tone, role, className, children }: NoticeProps) {
  const { box, icon: Icon } = TONES[tone]
  return (
    <div role={role} className={clsx('flex gap-3 rounded-lg border-l-4 px-4 py-3', box, className)}>
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}
