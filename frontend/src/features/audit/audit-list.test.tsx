import { screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession } from '@/testing/api'
import { faults } from '@/testing/axe'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { AuditEntry } from './queries'

const entry: AuditEntry = {
  id: '0192-a',
  tenant_id: '0192-t',
  at: '2026-01-15T08:00:00.000Z',
  actor_id: '0192-u',
  actor_email: 'ada@riverside.example',
  impersonated_by: '0192-o',
  action: 'course.updated',
  object_type: 'course',
  object_id: '0192-c',
  object_name: 'Maths 101',
  address: '192.0.2.7',
  request_id: 'req-1',
  before: { title: 'Maths', is_mandatory: false, deadline: null, version: 3 },
  after: {
    title: 'Maths 101',
    is_mandatory: true,
    deadline: '2026-02-01T00:00:00.000Z',
    version: 3,
    shelf_mark: ['7b0f2d3e-0000-4000-8000-000000000001'],
  },
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  answerGet('/api/tenants/settings', { time_zone: 'Asia/Tokyo' })
  answerGet('/api/notifications/unread-count', { count: 0 })
  server.use(http.get('*/api/notifications/stream', () => new HttpResponse(null, { status: 503 })))
})

it('tells who did what on the school’s clock, and what changed, in words', async () => {
  const asked: string[] = []
  server.use(
    http.get('*/api/audit', ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json({ count: 1, next: null, previous: null, results: [entry] })
    }),
  )
  const { user } = renderApp('/admin/audit?object_type=course')
  const row = await screen.findByRole('row', { name: /Maths 101/ })
  expect(row).toHaveTextContent('Changed a course')
  expect(row).toHaveTextContent('Operator on a visit')
  expect(await within(row).findByText(/15 Jan 2026, 17:00/)).toBeVisible()
  expect(asked[0]).toContain('object_type=course')
  expect(await faults()).toEqual([])

  await user.click(within(row).getByRole('button', { name: 'Details: Changed a course' }))
  const dialog = await screen.findByRole('dialog', { name: 'Changed a course' })
  const changes = within(dialog)
    .getAllByRole('row')
    .slice(1)
    .map((line) =>
      within(line)
        .getAllByRole('cell')
        .map((cell) => cell.textContent.replace('→ ', '')),
    )
  // The version is the same before and after; ids are nothing to read.
  expect(changes).toEqual([
    ['Maths', 'Maths 101'],
    ['no', 'yes'],
    ['nothing', '1 Feb 2026, 09:00'],
    ['nothing', '1 item'],
  ])
  expect(within(dialog).getByRole('rowheader', { name: 'shelf mark' })).toBeVisible()
})

it('says the difference between an empty log and filters that nothing fits', async () => {
  answerGet('/api/audit', { count: 0, next: null, previous: null, results: [] })
  const { user } = renderApp('/admin/audit?search=xyz')
  expect(await screen.findByText('No entries fit')).toBeVisible()
  const [clear] = screen.getAllByRole('button', { name: 'Clear filters' })
  if (clear) await user.click(clear)
  expect(await screen.findByText('Nothing has happened yet')).toBeVisible()
})
