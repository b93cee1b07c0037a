import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** A grey stand-in for one piece of content. */
export function Bone({ className }: { className?: string }) {
  return <div className={clsx('animate-pulse rounded-lg bg-line', className)} />
}

/** Wraps the bones of a page: says once that something is loading and appears only when it takes long. */
export function Skeleton({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        {label}
      </p>
      <div aria-hidden="true" className="animate-appear-late">
        {children}
      </div>
    </div>
  )
}
