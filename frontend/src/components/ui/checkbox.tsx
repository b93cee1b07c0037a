import { type ComponentProps, type ReactNode, useId } from 'react'

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'id' | 'type' | 'className'> {
  label: ReactNode
  hint?: string
}

/** The whole row can be clicked. */
export function Checkbox({ label, hint, ...props }: CheckboxProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-3 py-1">
      <input
        {...props}
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-2.5 size-5 shrink-0 accent-brand-strong"
      />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="flex min-h-10 items-center font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-ink-soft">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
