import { clsx } from 'clsx'
import { type ReactNode, useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { useDocumentTitle } from '@/lib/use-document-title'

interface PageHeadingProps {
  /** What the tab is called, when that differs from what is shown. */
  title: string
  children?: ReactNode
  className?: string
}

/**
 * The one `h1` of a page. After a navigation it takes the focus, so that a screen reader reads the
 * name of the new page and Tab goes on from its top, as after a real page load.
 */
export function PageHeading({ title, children, className }: PageHeadingProps) {
  const ref = useRef<HTMLHeadingElement>(null)
  const { pathname, key } = useLocation()
  // The first page of a visit is read by the screen reader itself.
  const navigated = key !== 'default'
  useDocumentTitle(title)
  useEffect(() => {
    if (navigated) ref.current?.focus({ preventScroll: true })
    // Only another page moves the focus; a change of `?t=` or a repeated render does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [pathname])
  return (
    <h1
      ref={ref}
      tabIndex={-1}
      className={clsx('text-2xl leading-tight font-bold tracking-tight sm:text-3xl', className)}
    >
      {children ?? title}
    </h1>
  )
}
