import {
  CheckCircleIcon,
  ClockIcon,
  ExclamationTriangleIcon,
  MinusCircleIcon,
  XCircleIcon,
} from '@heroicons/react/20/solid'
import type { ComponentType, ReactNode, SVGProps } from 'react'
import { Badge } from './badge'

const ICONS = {
  neutral: MinusCircleIcon,
  brand: ClockIcon,
  success: CheckCircleIcon,
  warning: ExclamationTriangleIcon,
  danger: XCircleIcon,
}

interface StatusChipProps {
  tone: keyof typeof ICONS
  /** In place of the tone's own. */
  icon?: ComponentType<SVGProps<SVGSVGElement>>
  children: ReactNode
}

/** How something stands: in words, with a shape and a colour that say the same. */
export function StatusChip({ tone, icon, children }: StatusChipProps) {
  const Icon = icon ?? ICONS[tone]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {children}
    </Badge>
  )
}
