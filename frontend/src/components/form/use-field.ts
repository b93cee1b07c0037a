import { type FieldValues, type Path, useController } from 'react-hook-form'
import { useFieldLabel } from './labels'

/** The name of a field in the form around it. */
export interface Bound<T extends FieldValues> {
  name: Path<T>
}

/** Ties a control to the form around it by its name. */
export function useField<T extends FieldValues>(name: Path<T>, label: string) {
  const { field, fieldState } = useController<T>({ name })
  useFieldLabel(name, label)
  return { field, error: fieldState.error?.message }
}
