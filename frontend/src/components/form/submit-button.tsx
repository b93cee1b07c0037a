import type { ComponentProps } from 'react'
import { useFormContext } from 'react-hook-form'
import { Button } from '../ui/button'

/** The button that sends the form around it. Never disabled: whoever presses it learns what is missing. */
export function SubmitButton(props: Omit<ComponentProps<typeof Button>, 'type' | 'pending'>) {
  const { formState } = useFormContext()
  return <Button {...props} type="submit" pending={formState.isSubmitting} />
}
