import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeSchool, pageOf } from '@/testing/platform-factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const SCHOOLS = '*/api/super-admin/tenants'

beforeEach(() => {
  givenSession({ role: 'SUPER_ADMIN', tenant_id: null })
})

it('lists schools with their state, and keeps search, filters and order in the address', async () => {
  const asked: string[] = []
  server.use(
    http.get(SCHOOLS, ({ request }) => {
      const query = new URL(request.url).searchParams
      asked.push(query.toString())
      return HttpResponse.json(
        query.get('search')
          ? pageOf([])
          : pageOf([
              makeSchool(),
              makeSchool({ id: 'school-2', name: 'Lakeside', status: 'SUSPENDED', plan: 'PRO' }),
            ]),
      )
    }),
  )
  const { user, router, container } = renderApp('/super-admin/schools?state=closed&plan=PRO')
  const table = await screen.findByRole('table', { name: 'Schools' })
  const row = within(table).getByRole('row', { name: /Ferndale/ })
  expect(row).toHaveTextContent('Trial until 24 Dec 2026')
  expect(row).toHaveTextContent('45 of 50')
  expect(within(row).getByRole('link', { name: 'Ferndale' })).toHaveAttribute(
    'href',
    '/super-admin/schools/school-1',
  )
  expect(within(row).getByRole('link', { name: /^ferndale\.demo\.localhost:3000/ })).toBeVisible()
  expect(within(table).getByRole('row', { name: /Lakeside/ })).toHaveTextContent('Paused')
  expect(asked).toEqual(['page=1&page_size=20&plan=PRO&is_active=false'])
  expect(await faults(container)).toEqual([])

  await user.selectOptions(screen.getByLabelText('Status'), 'On trial')
  await user.click(within(table).getByRole('button', { name: /Plan and trial/ }))
  await waitFor(() =>
    expect(asked.at(-1)).toBe('page=1&page_size=20&ordering=trial_ends_on&plan=PRO&is_trial=true'),
  )
  await user.type(screen.getByLabelText('Search by name, address or email'), 'none')
  expect(await screen.findByRole('heading', { name: 'No school fits' })).toBeVisible()
  expect(router.state.location.search).toContain('search=none')
})

it('says what failed, and then that there is no school yet', async () => {
  server.use(
    http.get(SCHOOLS, () => problem(500, 'internal_error', {}, { 'X-Request-ID': 'req-3' }), {
      once: true,
    }),
    http.get(SCHOOLS, () => HttpResponse.json(pageOf([]))),
  )
  const { user } = renderApp('/super-admin/schools')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('The schools could not be loaded')
  expect(alert).toHaveTextContent('req-3')
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'No schools yet' })).toBeVisible()
  expect(screen.getAllByRole('link', { name: 'Add a school' })[0]).toHaveAttribute(
    'href',
    '/super-admin/schools/new',
  )
})
