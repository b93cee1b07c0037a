import { type ReactNode, useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

interface PaneProps {
  /** What kind of thing it is; stands above its name. */
  eyebrow?: string
  title: string
  /** Where what is on the screen stands. */
  status?: ReactNode
  children: ReactNode
}

const MENU_CLOSES_MS = 100

/**
 * One thing that is edited, beside the outline. When it is opened, its name takes the focus, so that
 * whoever works by keyboard goes on here, and whoever listens hears what has opened.
 */
export function Pane({ eyebrow, title, status, children }: PaneProps) {
  const pane = useRef<HTMLDivElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const { search, key } = useLocation()
  const isFirst = key === 'default' || search === ''
  useEffect(() => {
    if (isFirst) return undefined
    heading.current?.focus()
    // A menu that is just closing keeps the focus away from the page, and then gives it to its button.
    const timer = setTimeout(() => {
      if (!pane.current?.contains(document.activeElement)) heading.current?.focus()
    }, MENU_CLOSES_MS)
    return () => clearTimeout(timer)
    // Only what is opened takes the focus, not a change of it. What is open already can be asked for
    // again (Rename): that is another key of the same address.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key])
  return (
    <div ref={pane} className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6">
        <div className="min-w-0">
          {eyebrow && <p className="text-sm font-semibold text-ink-soft">{eyebrow}</p>}
          <h2
            ref={heading}
            tabIndex={-1}
            className="text-xl font-bold outline-none focus-visible:[box-shadow:none]"
          >
            {title}
          </h2>
        </div>
        {status}
      </div>
      {children}
    </div>
  )
}
