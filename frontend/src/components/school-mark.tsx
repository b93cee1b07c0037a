import { clsx } from 'clsx'
import { useState } from 'react'
import { useSiteName, useThemeStore } from '@/lib/tenant/theme-store'

/** The school's logo, or its initial where there is none or it does not load. Always beside the name. */
export function SchoolMark({ className }: { className?: string }) {
  const theme = useThemeStore((state) => state.theme)
  const site = useSiteName()
  const [broken, setBroken] = useState<string | null>(null)
  const logo = theme?.logo_url
  if (logo && logo !== broken) {
    return (
      <img
        src={logo}
        alt=""
        onError={() => setBroken(logo)}
        className={clsx('rounded-lg bg-white object-contain', className)}
      />
    )
  }
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'flex items-center justify-center rounded-lg bg-brand text-lg font-bold text-on-brand',
        className,
      )}
    >
      {[...site.trim()][0]?.toUpperCase()}
    </span>
  )
}
