import type { ReactNode } from 'react'
import { useDocumentTitle } from '@/lib/use-document-title'

/** A page that is one message: no layout around it, works without a school and without a session. */
export function MessagePage({
  title,
  children,
  actions,
}: {
  title: string
  children: ReactNode
  actions?: ReactNode
}) {
  useDocumentTitle(title)
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-xl rounded-card border border-line bg-surface p-6 shadow-sm sm:p-10">
        <h1 className="text-2xl font-bold tracking-tight sm:text-3xl">{title}</h1>
        <div className="mt-3 space-y-3 text-ink-soft">{children}</div>
        {actions && <div className="mt-6 flex flex-wrap gap-3">{actions}</div>}
      </div>
    </main>
  )
}
