import { isApiError } from '@/lib/api/problem'

/** Whether the link is at fault: used, too old, or mangled on its way. */
export const isDeadLink = (error: unknown): boolean =>
  isApiError(error, 'token_invalid') ||
  (isApiError(error, 'validation_error') &&
    error.fields.some(({ field }) => field === 'uid' || field === 'token'))
