import type { ChangeEventHandler } from 'react'

interface RowCheckboxProps {
  /** Spoken name. */
  label: string
  checked: boolean
  /** Some, but not all, of what it stands for. */
  mixed?: boolean
  onChange: ChangeEventHandler<HTMLInputElement>
}

/** A box with room for a finger around it. */
export function RowCheckbox({ label, checked, mixed = false, onChange }: RowCheckboxProps) {
  return (
    <label className="-m-2 flex size-11 cursor-pointer items-center justify-center select-none">
      <input
        ref={(input) => {
          // There is no attribute for it.
          if (input) input.indeterminate = mixed
        }}
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={onChange}
        className="size-5 accent-brand-strong"
      />
    </label>
  )
}
