import type { ComponentProps } from 'react'

interface ControlButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'title'> {
  label: string
  /** The key that does the same. */
  keys?: string
}

export function ControlButton({ label, keys, children, className, ...props }: ControlButtonProps) {
  return (
    <button
      {...props}
      type="button"
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys})` : label}
      className={`size-10 items-center justify-center rounded-lg hover:bg-white/10 min-[22.5rem]:size-11 [&>svg]:pointer-events-none ${className ?? 'flex'}`}
    >
      <span className="sr-only">{label}</span>
      {children}
    </button>
  )
}
