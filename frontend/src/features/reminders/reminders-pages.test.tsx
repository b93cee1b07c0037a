import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Delivery, Preview, Reminder } from './queries'

const reminder: Reminder = {
  id: 'r1',
  kind: 'COURSE_DEADLINE',
  course_id: 'c1',
  assignment_id: null,
  subject: 'Reminder: Calm routines',
  message: 'You have not completed “Calm routines” yet.',
  created_at: '2026-01-15T08:00:00.000Z',
  recipient_count: 2,
  counts: { queued: 0, sent: 1, failed: 1, not_mailed: 0 },
}

const preview: Preview = {
  recipient_count: 2,
  muted_count: 1,
  recipients: [
    { id: 't1', email: 'nora@riverside.example', first_name: 'Nora', last_name: 'Weiss' },
    { id: 't2', email: 'liam@riverside.example', first_name: 'Liam', last_name: 'Byrne' },
  ],
  subject: reminder.subject,
  message: reminder.message,
}

const delivery: Delivery = {
  id: 'd1',
  teacher_id: 't1',
  teacher_name: 'Nora Weiss',
  teacher_email: 'nora@riverside.example',
  state: 'FAILED',
  attempts: 5,
  reason: 'The mailbox does not exist.',
  next_attempt_at: null,
  sent_at: null,
  is_read: true,
}

const page = <T,>(results: T[]) => ({ count: results.length, next: null, previous: null, results })

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  answerGet('/api/tenants/settings', { time_zone: 'Asia/Tokyo' })
  answerGet('/api/courses/c1', { id: 'c1', title: 'Calm routines', is_published: true })
  answerGet('/api/courses', page([]))
  answerGet('/api/teachers', page([]))
  answerGet('/api/reminders', page([reminder]))
  answerGet('/api/reminders/r1', page([delivery]))
  answerGet('/api/notifications/unread-count', { count: 0 })
  server.use(http.get('*/api/notifications/stream', () => new HttpResponse(null, { status: 503 })))
})

it('shows whom it reaches before it is sent, and a second press after a lost answer sends nothing twice', async () => {
  const keys: (string | null)[] = []
  const bodies: unknown[] = []
  server.use(
    http.post('*/api/reminders/preview', () => HttpResponse.json(preview)),
    http.post('*/api/reminders', async ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'))
      bodies.push(await request.json())
      return keys.length === 1
        ? problem(409, 'reminder_just_sent')
        : HttpResponse.json(reminder, { status: 201 })
    }),
  )
  const { user, router } = renderApp('/admin/reminders/new?course=c1')
  expect(await screen.findByText('Goes to 2 people')).toBeVisible()
  expect(screen.getByText('Nora Weiss')).toBeVisible()
  expect(screen.getByText(/1 more person has muted reminders/)).toBeVisible()
  const letter = screen.getByRole('region', { name: 'What they will read' })
  expect(letter).toHaveTextContent('You have not completed “Calm routines” yet.')
  await user.type(screen.getByLabelText(/^Subject/), 'Please finish')
  expect(letter).toHaveTextContent('Please finish')
  expect(await faults()).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Send the reminder' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Send this to 2 people?' })
  const send = within(dialog).getByRole('button', { name: 'Send to 2 people' })
  await user.click(send)
  expect(await within(dialog).findByText(/less than a minute ago/)).toBeVisible()
  await user.click(send)
  await waitFor(() => expect(router.state.location.pathname).toBe('/admin/reminders/r1'))
  expect(keys[0]).toMatch(/^[\da-f]{32}$/)
  expect(keys[1]).toBe(keys[0])
  expect(bodies[0]).toEqual({
    kind: 'COURSE_DEADLINE',
    course_id: 'c1',
    subject: 'Please finish',
  })
})

it('sends nothing while something is missing, or while nobody would get it', async () => {
  server.use(
    http.post('*/api/reminders/preview', () =>
      HttpResponse.json({ ...preview, recipient_count: 0, recipients: [] }),
    ),
  )
  const { user } = renderApp('/admin/reminders/new')
  await user.click(await screen.findByRole('radio', { name: /In your own words/ }))
  await user.click(screen.getByRole('radio', { name: /Only the people I choose/ }))
  await user.click(screen.getByRole('button', { name: 'Send the reminder' }))
  expect(await screen.findAllByText('Choose at least one person.')).not.toHaveLength(0)
  expect(screen.getAllByText('Write a message.')).not.toHaveLength(0)

  await user.click(screen.getByRole('radio', { name: 'All teachers' }))
  await user.type(screen.getByLabelText('Message'), 'The room has changed.')
  await user.click(screen.getByRole('button', { name: 'Send the reminder' }))
  expect(await screen.findByText(/Nobody would get this reminder/)).toBeVisible()
  expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument()
})

it('lists what was sent, says why a mail failed, and sends the failed ones again', async () => {
  let retried = 0
  server.use(
    http.post('*/api/reminders/r1/deliveries/retry', () => {
      retried += 1
      return HttpResponse.json({ retried: 1 })
    }),
  )
  const { user } = renderApp('/admin/reminders')
  const row = await screen.findByRole('row', { name: /Calm routines/ })
  expect(row).toHaveTextContent('1 failed')
  expect(await within(row).findByText(/15 Jan 2026, 17:00/)).toBeVisible()
  expect(await faults()).toEqual([])

  await user.click(within(row).getByRole('link'))
  const person = await screen.findByRole('row', { name: /Nora Weiss/ })
  expect(person).toHaveTextContent('Tried 5 times. The mailbox does not exist.')
  await user.click(await screen.findByRole('button', { name: 'Send the failed mails again' }))
  expect(await screen.findByText('1 mail is on its way again.')).toBeVisible()
  expect(retried).toBe(1)
  expect(await faults()).toEqual([])
})

it('announces to all teachers after asking', async () => {
  const bodies: unknown[] = []
  server.use(
    http.post('*/api/announcements', async ({ request }) => {
      bodies.push(await request.json())
      return HttpResponse.json(
        {
          id: 'a1',
          title: 'x',
          message: 'y',
          recipient_count: 12,
          created_at: reminder.created_at,
        },
        { status: 201 },
      )
    }),
  )
  const { user } = renderApp('/admin/reminders/new?what=announcement')
  await user.click(await screen.findByRole('button', { name: 'Announce it' }))
  expect(await screen.findAllByText('Give it a title.')).not.toHaveLength(0)
  await user.type(screen.getByLabelText('Title'), 'Training day')
  await user.type(screen.getByLabelText('Text'), 'It is on Friday.')
  expect(await faults()).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Announce it' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Announce this?' })
  await user.click(within(dialog).getByRole('button', { name: 'Announce it' }))
  expect(await screen.findByText('Announced to 12 people.')).toBeVisible()
  expect(bodies).toEqual([
    {
      title: 'Training day',
      message: 'It is on Friday.',
      to_all: true,
      group_ids: [],
      teacher_ids: [],
    },
  ])
})
