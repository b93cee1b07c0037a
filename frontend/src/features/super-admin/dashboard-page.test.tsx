import { screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it, vi } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makePlatformStats, makeSchool, pageOf } from '@/testing/platform-factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const STATS = '/api/super-admin/stats'

beforeEach(() => {
  givenSession({ role: 'SUPER_ADMIN', tenant_id: null })
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-20T09:00:00') })
  return () => vi.useRealTimers()
})

it('says what there is, what happened, and what needs somebody', async () => {
  answerGet(STATS, makePlatformStats())
  answerGet(
    '/api/super-admin/tenants',
    pageOf([
      makeSchool({ id: 'soon', name: 'Soon over' }),
      makeSchool({ id: 'later', name: 'Long to go', trial_ends_on: '2027-02-01' }),
    ]),
  )
  const { user, container } = renderApp('/super-admin')
  expect(await screen.findByText('with a paid plan, of 7 schools in all')).toBeVisible()
  expect(screen.getByText('1 paused, 1 with an ended trial')).toBeVisible()
  const trials = screen.getByRole('region', { name: 'Trials that end soon' })
  expect(await within(trials).findByRole('listitem')).toHaveTextContent('Soon over4 days left')
  expect(within(trials).getByRole('link', { name: 'Soon over' })).toHaveAttribute(
    'href',
    '/super-admin/schools/soon',
  )
  expect(screen.getByRole('region', { name: 'Video processing' })).toHaveTextContent(
    '2 steps have failed.',
  )
  expect(screen.getByRole('region', { name: 'Nearly full' })).toHaveTextContent('9 GB of 10 GB')
  expect(
    screen.getByText('30 sign-ins, 1 new person, 0 new videos and 0 new schools.'),
  ).toBeVisible()
  expect(screen.getByText('4 of 7 schools have the plan Starter.')).toBeVisible()

  await user.selectOptions(screen.getByLabelText('Show'), 'by week')
  const [activity] = screen.getAllByRole('button', { name: 'Show as table' })
  if (!activity) throw new Error('no button')
  await user.click(activity)
  const table = screen.getByRole('table', { name: 'Activity of the last 30 days' })
  // Four whole weeks, the last of which ends today.
  expect(within(table).getAllByRole('row')).toHaveLength(5)
  expect(within(table).getByRole('row', { name: /^24 Jan/ })).toHaveTextContent('24 Jan7100')
  expect(await faults(container)).toEqual([])
})

it('says what failed, tries again, and welcomes whoever has no school yet', async () => {
  server.use(
    http.get(`*${STATS}`, () => problem(500, 'internal_error'), { once: true }),
    http.get(`*${STATS}`, () => HttpResponse.json(makePlatformStats({ total_tenants: 0 }))),
  )
  const { user } = renderApp('/super-admin')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('The overview could not be loaded')
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'Welcome' })).toBeVisible()
})
