import { screen, waitFor } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { faults } from '@/testing/axe'
import { answerGet, givenNoSession, givenSession, problem } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Certificate } from './queries'

const CODE = '0123456789abcdef01234567'
const certificate: Certificate = {
  id: 'cert-1',
  course_id: 'course-1',
  course_title: 'Formative assessment',
  course_version: 2,
  estimated_hours: 3,
  code: CODE,
  issued_at: '2026-11-22T08:36:13.991Z',
  verify_url: `https://demo.example.org/certificates/${CODE}`,
  file_url: '/api/teacher/certificates/cert-1/file/',
}
const page = (results: Certificate[]) => ({
  count: results.length,
  next: null,
  previous: null,
  results,
})

it('lists certificates, saves one as a PDF, and says when that did not work', async () => {
  givenSession()
  answerGet('/api/teacher/certificates', page([certificate]))
  const saved: Blob[] = []
  URL.createObjectURL = (blob) => {
    if (blob instanceof Blob) saved.push(blob)
    return 'blob:made-here'
  }
  server.use(
    http.get('*/certificates/cert-1/file', () => problem(503, 'unavailable'), { once: true }),
    http.get(
      '*/certificates/cert-1/file',
      () => new HttpResponse('%PDF', { headers: { 'Content-Type': 'application/pdf' } }),
    ),
  )
  const { user } = renderApp('/teacher/certificates')
  expect(await screen.findByRole('heading', { name: 'Formative assessment' })).toBeVisible()
  expect(screen.getByText(/Completed on .*22.*3 hours/)).toBeVisible()
  expect(screen.getByRole('link', { name: /See what others see/ })).toHaveAttribute(
    'href',
    `/certificates/${CODE}`,
  )
  expect(await faults()).toEqual([])
  const download = screen.getByRole('button', { name: /Download PDF/ })
  await user.click(download)
  expect(await screen.findByRole('alert')).toHaveTextContent('could not be downloaded')
  await user.click(download)
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(screen.queryByRole('alert')).toBeNull()
})

it('says how to get a first one', async () => {
  givenSession()
  answerGet('/api/teacher/certificates', page([]))
  renderApp('/teacher/certificates')
  expect(await screen.findByRole('heading', { name: 'No certificates yet' })).toBeVisible()
})

it('tells anybody whether a certificate is true, without signing in', async () => {
  givenNoSession()
  answerGet(`/api/certificates/${CODE}`, {
    code: CODE,
    school_name: 'Demo School',
    holder_name: 'Amina Diallo',
    course_title: 'Formative assessment',
    estimated_hours: null,
    issued_at: certificate.issued_at,
  })
  const { unmount } = renderApp(`/certificates/${CODE}`)
  expect(
    await screen.findByRole('heading', { name: 'This certificate is genuine', level: 1 }),
  ).toBeVisible()
  expect(screen.getByText('Amina Diallo')).toBeVisible()
  expect(screen.getByText('0123-4567-89ab-cdef-0123-4567')).toBeVisible()
  expect(await faults()).toEqual([])
  unmount()

  server.use(http.get('*/api/certificates/:code', () => problem(404, 'not_found')))
  renderApp('/certificates/forged')
  expect(
    await screen.findByRole('heading', { name: 'There is no such certificate', level: 1 }),
  ).toBeVisible()
})
