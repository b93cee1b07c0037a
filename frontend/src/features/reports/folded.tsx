import { AdjustmentsHorizontalIcon } from '@heroicons/react/24/outline'
import type { ReactNode } from 'react'
import { useIsNarrow } from '@/lib/use-media-query'

interface FoldedProps {
  title: string
  /** Open from the start: one of them is in use, and must not hide. */
  inUse: boolean
  children: ReactNode
}

/** On a phone, what is rarely needed waits behind a line; elsewhere it stands in its place. */
export function Folded({ title, inUse, children }: FoldedProps) {
  const isNarrow = useIsNarrow()
  if (!isNarrow) return children
  return (
    <details open={inUse || undefined}>
      <summary className="flex min-h-11 cursor-pointer items-center gap-2 font-semibold text-brand-strong">
        <AdjustmentsHorizontalIcon aria-hidden="true" className="size-5" />
        {title}
      </summary>
      <div className="space-y-3 pt-2">{children}</div>
    </details>
  )
}
