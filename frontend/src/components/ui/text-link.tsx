import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Link } from 'react-router'

const LOOK =
  'inline-flex min-h-11 items-center font-semibold text-brand-strong underline-offset-4 hover:underline'

/** A link that stands alone in its line, with room for a finger. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return <Link {...props} className={clsx(LOOK, className)} />
}

/** Looks like such a link, but does something here instead of going somewhere. */
export function TextButton({ className, ...props }: Omit<ComponentProps<'button'>, 'type'>) {
  return <button {...props} type="button" className={clsx(LOOK, className)} />
}
