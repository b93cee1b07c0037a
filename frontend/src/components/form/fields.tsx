/**
 * The controls of components/ui, bound by `name` to the <Form> around them: value, error, focus and
 * the name in the summary come from there.
 */
import type { ComponentProps } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Checkbox } from '../ui/checkbox'
import { DateField } from '../ui/date-field'
import { NumberField } from '../ui/number-field'
import { RadioGroup } from '../ui/radio-group'
import { Select } from '../ui/select'
import { Switch } from '../ui/switch'
import { TextArea } from '../ui/text-area'
import { TextField } from '../ui/text-field'
import { type Bound, useField } from './use-field'

type Given = 'value' | 'onChange' | 'onBlur' | 'error' | 'name' | 'ref' | 'checked'
type BoundProps<P, T extends FieldValues> = Omit<P, Given> & Bound<T>

export function FormTextField<T extends FieldValues = FieldValues>({
  name,
  ...props
}: BoundProps<ComponentProps<typeof TextField>, T>) {
  const { field, error } = useField<T>(name, props.label)
  return <TextField {...props} {...field} value={field.value ?? ''} error={error} />
}

export function FormTextArea<T extends FieldValues = FieldValues>({
  name,
  ...props
}: BoundProps<ComponentProps<typeof TextArea>, T>) {
  const { field, error } = useField<T>(name, props.label)
  return <TextArea {...props} {...field} value={field.value ?? ''} error={error} />
}

export function FormSelect<T extends FieldValues = FieldValues>({
  name,
  ...props
}: BoundProps<ComponentProps<typeof Select>, T>) {
  const { field, error } = useField<T>(name, props.label)
  return <Select {...props} {...field} error={error} />
}

export function FormNumberField<T extends FieldValues = FieldValues>({
  name,
  ...props
}: BoundProps<ComponentProps<typeof NumberField>, T>) {
  const { field, error } = useField<T>(name, props.label)
  return <NumberField {...props} {...field} error={error} />
}

export function FormDateField<T extends FieldValues = FieldValues>({
  name,
  ...props
}: BoundProps<ComponentProps<typeof DateField>, T>) {
  const { field, error } = useField<T>(name, props.label)
  return <DateField {...props} {...field} error={error} />
}

export function FormRadioGroup<T extends FieldValues = FieldValues>({
  name,
  ...props
}: BoundProps<ComponentProps<typeof RadioGroup>, T>) {
  const {
    field: { name: _name, ...field },
    error,
  } = useField<T>(name, props.label)
  return <RadioGroup {...props} {...field} error={error} />
}

export function FormSwitch<T extends FieldValues = FieldValues>({
  name,
  ...props
}: BoundProps<ComponentProps<typeof Switch>, T> & { label: string }) {
  const {
    field: { value, ...field },
    error,
  } = useField<T>(name, props.label)
  return <Switch {...props} {...field} checked={value === true} error={error} />
}

export function FormCheckbox<T extends FieldValues = FieldValues>({
  name,
  ...props
}: BoundProps<ComponentProps<typeof Checkbox>, T> & { label: string }) {
  const {
    field: { value, ...field },
    error,
  } = useField<T>(name, props.label)
  return <Checkbox {...props} {...field} checked={value === true} error={error} />
}
