import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Link } from 'react-router'
import { Spinner } from './spinner'

/** `danger` is for what cannot be undone, inside the dialog that asks about it. */
type Look = 'primary' | 'secondary' | 'quiet' | 'danger'

const BASE =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-lg px-4 py-2 text-base font-semibold transition-colors'

const LOOKS: Record<Look, string> = {
  primary: 'bg-brand text-on-brand hover:bg-brand-hover border border-brand-edge',
  secondary: 'bg-surface text-ink border-edge hover:bg-page border',
  quiet: 'text-brand-strong hover:bg-brand-soft border border-transparent',
  danger: 'bg-danger text-white hover:bg-danger/85 border border-danger',
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: Look
  /** Shows a spinner and ignores clicks, but keeps focus and stays readable, unlike `disabled`. */
  pending?: boolean
}

export function Button({
  look = 'primary',
  pending = false,
  className,
  children,
  onClick,
  type = 'button',
  ...props
}: ButtonProps) {
  return (
    <button
      {...props}
      // oxlint-disable-next-line react/button-has-type -- one of the three, chosen by the caller
      type={type}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={clsx(BASE, LOOKS[look], className)}
    >
      {pending && <Spinner className="size-5" />}
      {children}
    </button>
  )
}

interface LinkButtonProps extends ComponentProps<typeof Link> {
  look?: Look
}

/** Looks like a button, is a link: it goes somewhere. */
export function LinkButton({ look = 'primary', className, ...props }: LinkButtonProps) {
  return <Link {...props} className={clsx(BASE, LOOKS[look], className)} />
}

interface NewTabLinkProps extends Omit<ComponentProps<'a'>, 'target' | 'rel'> {
  look?: Look
}

/** Leaves the app in a tab of its own. The other site gets no handle on ours. */
export function NewTabLinkButton({
  look = 'primary',
  className,
  children,
  ...props
}: NewTabLinkProps) {
  return (
    <a
      {...props}
      target="_blank"
      rel="noopener noreferrer"
      className={clsx(BASE, LOOKS[look], className)}
    >
      {children}
    </a>
  )
}
