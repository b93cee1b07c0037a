import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { theme } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Domain, Settings } from './queries'

const settings: Settings = {
  name: 'Riverside School',
  subdomain: 'riverside',
  contact_email: 'office@riverside.example',
  time_zone: 'Europe/Zurich',
  locale: 'en',
  logo_url: null,
  primary_color: '#1d4ed8',
  secondary_color: '#0f766e',
  font_family: 'Inter',
  quiz_policy: 'REVIEW_FIRST',
  remote_quiz_consent: false,
  fonts: ['Inter', 'Noto Sans'],
  features: { CUSTOM_DOMAIN: true, REMOTE_QUIZ_GENERATION: false },
}

const domain: Domain = {
  id: '0192-d',
  hostname: 'learn.riverside.example',
  status: 'PENDING',
  url: 'https://learn.riverside.example',
  txt_name: '_brain-lms.learn.riverside.example',
  txt_value: 'brain-lms-verification=abc',
  created_at: '2026-01-15T08:00:00.000Z',
  verified_at: null,
  missing_since: null,
}

/** Answers to PATCH with what was sent, and keeps it. */
function givenSaving() {
  const sent: unknown[] = []
  server.use(
    http.patch('*/api/tenants/settings', async ({ request }) => {
      const body = (await request.json()) as Partial<Settings>
      sent.push(body)
      return HttpResponse.json({ ...settings, ...body })
    }),
  )
  return sent
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  answerGet('/api/tenants/settings', settings)
  answerGet('/api/tenants/theme', theme)
  answerGet('/api/notifications/unread-count', { count: 0 })
  server.use(http.get('*/api/notifications/stream', () => new HttpResponse(null, { status: 503 })))
})

it('refuses what is no colour, says what becomes of a pale one, and saves the looks', async () => {
  const sent = givenSaving()
  const { user } = renderApp('/admin/settings')
  const color = await screen.findByLabelText('Main colour')
  expect(await faults()).toEqual([])

  await user.clear(color)
  await user.type(color, 'yellow')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findAllByText(/Write the colour as #/)).not.toHaveLength(0)
  expect(sent).toEqual([])

  await user.clear(color)
  await user.type(color, '#FFEE00')
  expect(await screen.findByText(/would be hard to read/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({ primary_color: '#FFEE00', font_family: 'Inter' })
})

it('saves clock and quiz rules; the outside question writer is offered only where the plan has it', async () => {
  const sent = givenSaving()
  const { user } = renderApp('/admin/settings/policies')
  await user.selectOptions(await screen.findByLabelText('Time zone'), 'Asia/Tokyo')
  await user.click(screen.getByRole('radio', { name: /Make no quizzes/ }))
  expect(screen.queryByText(/outside question writer/)).not.toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({ time_zone: 'Asia/Tokyo', quiz_policy: 'OFF' })
  expect(await faults()).toEqual([])
})

it('shows what to enter for a host name, why it is not proven yet, and removes it after asking', async () => {
  let domains = [domain]
  server.use(
    http.get('*/api/tenants/domains', () =>
      HttpResponse.json({ count: domains.length, next: null, previous: null, results: domains }),
    ),
    http.post('*/api/tenants/domains', () =>
      problem(409, 'hostname_taken', {
        errors: [{ field: 'hostname', code: 'taken', message: 'This name is taken.' }],
      }),
    ),
    http.post('*/api/tenants/domains/0192-d/verify', () => problem(409, 'domain_not_verified')),
    http.delete('*/api/tenants/domains/0192-d', () => {
      domains = []
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user } = renderApp('/admin/settings/domains')
  const card = await screen.findByRole('region', { name: 'learn.riverside.example' })
  expect(within(card).getByText('brain-lms-verification=abc')).toBeVisible()
  expect(await faults()).toEqual([])

  await user.type(screen.getByLabelText('Host name'), 'learn.other.example')
  await user.click(screen.getByRole('button', { name: 'Add' }))
  await waitFor(() => expect(screen.getByLabelText('Host name')).toBeInvalid())

  await user.click(within(card).getByRole('button', { name: 'Check now' }))
  expect(await within(card).findByText(/The record is not there yet/)).toBeVisible()

  await user.click(within(card).getByRole('button', { name: 'Remove learn.riverside.example' }))
  const dialog = await screen.findByRole('alertdialog')
  await user.click(within(dialog).getByRole('button', { name: 'Remove' }))
  expect(await screen.findByText('No address of your own yet')).toBeVisible()
})
