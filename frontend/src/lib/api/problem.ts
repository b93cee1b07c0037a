/** What the API says about one field of a form. */
export interface FieldProblem {
  field: string
  code: string
  message: string
}

interface ApiErrorInit {
  status: number
  code: string
  detail: string
  fields: FieldProblem[]
  retryAfterSeconds: number | null
  requestId: string | null
}

/** The server answered, and the answer is no. `code` is stable; `detail` is a sentence for a person. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly fields: FieldProblem[]
  readonly retryAfterSeconds: number | null
  readonly requestId: string | null

  constructor(init: ApiErrorInit) {
    super(`${init.status} ${init.code}`)
    this.status = init.status
    this.code = init.code
    this.detail = init.detail
    this.fields = init.fields
    this.retryAfterSeconds = init.retryAfterSeconds
    this.requestId = init.requestId
  }
}

/** No answer at all: no network, server down, connection cut. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

const TYPE_PREFIX = 'urn:lms:problem:'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function readFields(errors: unknown): FieldProblem[] {
  if (!Array.isArray(errors)) return []
  return errors.filter(isRecord).map((error) => ({
    field: text(error.field),
    code: text(error.code),
    message: text(error.message),
  }))
}

/** `Retry-After` is either a number of seconds or a date. */
function readRetryAfter(header: string | null): number | null {
  if (!header) return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds)
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1000))
}

/**
 * Turns whatever a call threw into one of our errors.
 *
 * @param thrown the parsed body of an answer that is not 2xx, or the exception of `fetch`
 * @param response absent when there was no answer
 */
export function toAppError(thrown: unknown, response: Response | undefined): unknown {
  // A cancelled request is no failure; the caller that cancelled it knows.
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return thrown
  if (!response) {
    return thrown instanceof NetworkError ? thrown : new NetworkError(undefined, { cause: thrown })
  }
  const body = isRecord(thrown) ? thrown : {}
  const type = text(body.type)
  return new ApiError({
    status: response.status,
    // A gateway in front of the API answers without a problem document.
    code: type.startsWith(TYPE_PREFIX) ? type.slice(TYPE_PREFIX.length) : `http_${response.status}`,
    detail: text(body.detail),
    fields: readFields(body.errors),
    retryAfterSeconds: readRetryAfter(response.headers.get('Retry-After')),
    requestId: response.headers.get('X-Request-ID'),
  })
}

export const isApiError = (error: unknown, code?: string): error is ApiError =>
  error instanceof ApiError && (code === undefined || error.code === code)

export const isStatus = (error: unknown, status: number): error is ApiError =>
  error instanceof ApiError && error.status === status

/** True when trying the same thing again later makes sense. */
export const isTransient = (error: unknown): boolean =>
  error instanceof NetworkError ||
  (error instanceof ApiError && [502, 503, 504].includes(error.status))
