import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { QuizTimer } from './quiz-timer'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-05T10:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000))
const spoken = () => screen.getByRole('status').textContent

it('is read when it gets short, not every second, and tells once that it is over', () => {
  const onOver = vi.fn<() => void>()
  render(<QuizTimer expiresAt="2026-01-05T10:05:02Z" onOver={onOver} />)
  expect(screen.getByRole('heading', { name: '5 minutes 2 seconds left' })).toBeVisible()
  expect(spoken()).toBe('')
  pass(2)
  expect(spoken()).toBe('5 minutes left')
  pass(60)
  expect(spoken()).toBe('5 minutes left')
  pass(180)
  expect(spoken()).toBe('1 minute left')
  pass(30)
  expect(spoken()).toBe('30 seconds left')
  expect(onOver).not.toHaveBeenCalled()
  pass(40)
  expect(onOver).toHaveBeenCalledOnce()
  expect(screen.getByRole('heading', { name: '0 seconds left' })).toBeVisible()
})
