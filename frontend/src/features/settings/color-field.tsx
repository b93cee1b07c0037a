import { useId } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { FormTextField } from '@/components/form/fields'
import { isHexColor } from '@/lib/tenant/contrast'

interface ColorFieldProps {
  name: 'primary_color' | 'secondary_color'
  label: string
  hint: string
  pickLabel: string
}

/** A colour, typed as the school's guide to its looks has it, or picked. */
export function ColorField({ name, label, hint, pickLabel }: ColorFieldProps) {
  const id = useId()
  const form = useFormContext<Record<ColorFieldProps['name'], string>>()
  const value = useWatch({ control: form.control, name })
  return (
    <div className="flex items-end gap-3">
      <FormTextField
        name={name}
        label={label}
        hint={hint}
        autoComplete="off"
        spellCheck={false}
        maxLength={7}
        className="min-w-0 flex-1"
      />
      <label htmlFor={id} className="sr-only">
        {pickLabel}
      </label>
      <input
        id={id}
        type="color"
        value={isHexColor(value) ? value : '#000000'}
        onChange={(event) =>
          form.setValue(name, event.target.value, { shouldDirty: true, shouldValidate: true })
        }
        className="[margin-top:auto] h-11 w-14 shrink-0 cursor-pointer self-start rounded-lg border border-edge bg-surface p-1"
      />
    </div>
  )
}
