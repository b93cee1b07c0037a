import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import {
  makePlatformStats,
  makeSchool,
  makeTroubledStep,
  pageOf,
} from '@/testing/platform-factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const LIST = '/api/super-admin/pipeline'

beforeEach(() => {
  givenSession({ role: 'SUPER_ADMIN', tenant_id: null })
  answerGet('/api/super-admin/stats', makePlatformStats())
})

it('says why videos stand still, and tries a step again', async () => {
  let steps = [
    makeTroubledStep(),
    makeTroubledStep({
      id: 'step-2',
      content_title: 'Assembly',
      name: 'TRANSCRIBE',
      state: 'QUEUED',
      error: null,
      error_code: null,
    }),
  ]
  const tried: unknown[] = []
  server.use(
    http.get(`*${LIST}`, () => HttpResponse.json(pageOf(steps))),
    http.post(`*${LIST}/retry`, async ({ request }) => {
      tried.push(await request.json())
      if (tried.length === 1) {
        return problem(409, 'step_running', { detail: 'It runs already.' })
      }
      steps = steps.slice(1)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user, container } = renderApp('/super-admin/pipeline')
  const row = await screen.findByRole('row', { name: /Reading aloud/ })
  expect(row).toHaveTextContent('Converting')
  expect(row).toHaveTextContent('The picture stops in the middle.')
  expect(screen.getByRole('row', { name: /Assembly/ })).toHaveTextContent(
    'Nobody has taken this up for more than ten minutes.',
  )
  expect(await faults(container)).toEqual([])

  const again = within(row).getByRole('button', { name: 'Try again: Converting, Reading aloud' })
  await user.click(again)
  expect(await within(row).findByRole('alert')).toHaveTextContent('It runs already.')
  await user.click(again)
  expect(await screen.findByText('“Reading aloud” is being tried again.')).toBeVisible()
  await waitFor(() =>
    expect(screen.queryByRole('row', { name: /Reading aloud/ })).not.toBeInTheDocument(),
  )
  expect(tried.at(-1)).toEqual({
    tenant_id: 'school-1',
    content_id: 'content-1',
    step: 'TRANSCODE',
  })
})

it('can be narrowed to one school, and is glad when there is nothing', async () => {
  const asked: (string | null)[] = []
  server.use(
    http.get(`*${LIST}`, ({ request }) => {
      asked.push(new URL(request.url).searchParams.get('tenant_id'))
      return HttpResponse.json(pageOf([]))
    }),
  )
  answerGet('/api/super-admin/tenants/school-1', makeSchool())
  const { user } = renderApp('/super-admin/pipeline?tenant_id=school-1')
  expect(await screen.findByText('You see only the videos of Ferndale.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Show all schools' }))
  expect(await screen.findByRole('heading', { name: 'Everything runs as it should' })).toBeVisible()
  await waitFor(() => expect(asked).toEqual(['school-1', null]))
})
