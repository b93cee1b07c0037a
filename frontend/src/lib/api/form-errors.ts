import type { FieldValues, Path, UseFormSetError } from 'react-hook-form'
import { describeFieldProblem } from './describe-error'
import { isApiError } from './problem'

/**
 * Puts what the server says about fields below those fields.
 *
 * @returns false when something remains that belongs to no field of the form
 */
export function showFieldErrors<T extends FieldValues>(
  error: unknown,
  fields: readonly Path<T>[],
  setError: UseFormSetError<T>,
): boolean {
  if (!isApiError(error) || error.fields.length === 0) return false
  let complete = true
  let isFirst = true
  for (const problem of error.fields) {
    const name = fields.find((known) => known === problem.field)
    if (name) {
      const message = describeFieldProblem(problem)
      setError(name, { type: problem.code, message }, { shouldFocus: isFirst })
      isFirst = false
    } else {
      complete = false
    }
  }
  return complete
}
