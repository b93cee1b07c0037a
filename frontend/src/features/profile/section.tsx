import { type ReactNode, useId } from 'react'

/** One subject of the profile page. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="rounded-card border border-line bg-surface p-5 sm:p-6 lg:grid lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-8"
    >
      <h2 id={id} className="text-lg font-bold">
        {title}
      </h2>
      <div className="mt-3 max-w-xl lg:mt-0">{children}</div>
    </section>
  )
}
