import { render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it, vi } from 'vitest'
import { reportCourseCompletion } from '@/lib/api/operations'
import { dismissToast, toastStore } from '@/lib/toasts'
import { givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { server } from '@/testing/server'
import { ExportButton } from './export-button'

const JOB = {
  id: '01920000-0000-7000-8000-00000000000b',
  kind: 'REPORT',
  status: 'QUEUED',
  progress: 0,
  result_url: null,
  error: null,
  created_at: '2026-11-22T10:00:00.000Z',
  finished_at: null,
}

/** What was handed to the browser: names and sizes. */
const saved: [string, string][] = []

beforeEach(() => {
  givenSession()
  saved.length = 0
  for (const { id } of toastStore.getState().toasts) dismissToast(id)
  const blobs = new Map<string, Blob>()
  URL.createObjectURL = (blob) => {
    const url = `blob:${blobs.size}`
    blobs.set(url, blob as Blob)
    return url
  }
  URL.revokeObjectURL = () => undefined
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    const size = blobs.get(this.getAttribute('href') ?? '')?.size
    saved.push([this.download, `${size} bytes`])
  })
})

const renderButton = (formats: ('csv' | 'pdf')[]) =>
  render(
    <ExportButton
      formats={formats}
      fileName="completion"
      request={(format, options) => reportCourseCompletion({ query: { format }, ...options })}
    />,
  )
const toasts = () => toastStore.getState().toasts.map(({ text }) => text)

it('saves a file that comes at once, byte by byte, by the name of the server', async () => {
  const user = userEvent.setup()
  server.use(
    http.get('*/api/reports/course-completion', ({ request }) => {
      expect(request.headers.get('Authorization')).toBe('Bearer access-1')
      return new HttpResponse(new TextEncoder().encode('\uFEFFa;b\n'), {
        headers: {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="a.csv"; filename*=UTF-8''a%C3%B1o.csv`,
        },
      })
    }),
  )
  const { container } = renderButton(['csv'])
  await user.click(screen.getByRole('button', { name: 'Export' }))
  await waitFor(() => expect(saved).toEqual([['año.csv', '7 bytes']]))
  expect(toasts()).toEqual(['Your file is ready: año.csv'])
  expect(screen.getByRole('status')).toBeEmptyDOMElement()
  expect(await faults(container)).toEqual([])
})

it('follows a job, tells how far it is, and saves what it made', async () => {
  const user = userEvent.setup()
  const looks = [
    { ...JOB, status: 'RUNNING', progress: 0.4 },
    { ...JOB, status: 'SUCCEEDED', progress: 1, result_url: `/api/jobs/${JOB.id}/result/` },
  ]
  server.use(
    http.get('*/api/reports/course-completion', ({ request }) => {
      expect(new URL(request.url).searchParams.get('format')).toBe('pdf')
      return HttpResponse.json(JOB, { status: 202, headers: { Location: `/api/jobs/${JOB.id}/` } })
    }),
    http.get(`*/api/jobs/${JOB.id}`, () => HttpResponse.json(looks.shift())),
    http.get(`*/api/jobs/${JOB.id}/result/`, ({ request }) => {
      expect(request.headers.get('Authorization')).toBe('Bearer access-1')
      return new HttpResponse('%PDF', { headers: { 'Content-Type': 'application/pdf' } })
    }),
  )
  renderButton(['csv', 'pdf'])
  await user.click(screen.getByRole('button', { name: 'Export' }))
  await user.click(screen.getByRole('menuitem', { name: 'Document (PDF)' }))
  const status = screen.getByRole('status')
  await waitFor(() => expect(status).toHaveTextContent('Making the file…'))
  await waitFor(() => expect(status).toHaveTextContent('Making the file: 40%'))
  await waitFor(() => expect(saved).toEqual([['completion.pdf', '4 bytes']]))
  expect(toasts()).toEqual(['Your file is ready: completion.pdf'])
})

it('says what failed, and tries the same again', async () => {
  const user = userEvent.setup()
  server.use(
    http.get('*/api/reports/course-completion', () => problem(403, 'forbidden'), { once: true }),
    http.get('*/api/reports/course-completion', () => HttpResponse.json(JOB, { status: 202 })),
    http.get(`*/api/jobs/${JOB.id}`, () => HttpResponse.json({ ...JOB, status: 'FAILED' })),
  )
  renderButton(['csv'])
  await user.click(screen.getByRole('button', { name: 'Export' }))
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The file could not be made. Your account is not allowed to do this.',
  )
  await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument())
  // This time the job itself fails.
  expect(await screen.findByRole('alert')).toHaveTextContent('The file could not be made.')
  expect(saved).toEqual([])
  expect(toasts()).toEqual(['The file could not be made.', 'The file could not be made.'])
})
