import { screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { sessionStore } from '@/lib/auth/session-store'
import { usePlayerPrefs } from '@/lib/player-prefs'
import { faults } from '@/testing/axe'
import { answerGet, givenSession, problem } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

beforeEach(() => {
  givenSession()
  usePlayerPrefs.setState(usePlayerPrefs.getInitialState(), true)
  answerGet('/api/users/auth/preferences', { mail: true, digest: false, muted: [], unmailed: [] })
  answerGet('/api/users/auth/sessions', { count: 0, next: null, previous: null, results: [] })
  answerGet('/api/users/auth/otp', { is_enrolled: false, recovery_codes_left: 0 })
})

it('takes a photo, and says when the server does not', async () => {
  server.use(
    http.post(
      '*/api/uploads/profile-picture',
      () => problem(400, 'validation_error', { detail: 'This is no picture.' }),
      { once: true },
    ),
    http.post('*/api/uploads/profile-picture', () =>
      HttpResponse.json(
        {
          file_id: 'f',
          url: '/media/public/face',
          file_name: 'me.png',
          media_type: 'image/png',
          size_bytes: 9,
        },
        { status: 201 },
      ),
    ),
  )
  const { user } = renderApp('/teacher/profile')
  const photo = new File(['x'], 'me.png', { type: 'image/png' })
  await user.upload(await screen.findByLabelText(/Your photo/), photo)
  expect(await screen.findByText('Your photo was not saved.')).toBeVisible()
  await user.upload(screen.getByLabelText(/Your photo/), photo)
  expect(await screen.findByText('Your photo is saved.')).toBeVisible()
  expect(sessionStore.getState().user?.profile_picture_url).toBe('/media/public/face')
})

it('keeps how somebody likes to watch', async () => {
  const { user } = renderApp('/teacher/profile')
  const section = within(await screen.findByRole('region', { name: 'Watching videos' }))
  await user.click(section.getByRole('switch', { name: 'Show captions' }))
  await user.selectOptions(section.getByRole('combobox', { name: 'Caption size' }), 'Very large')
  await user.click(section.getByRole('switch', { name: /Single-key shortcuts/ }))
  expect(usePlayerPrefs.getState()).toMatchObject({
    captions: true,
    captionSize: 'huge',
    singleKeys: false,
  })
  expect(await faults()).toEqual([])
})
