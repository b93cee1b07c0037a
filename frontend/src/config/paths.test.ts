import { expect, it } from 'vitest'
import { safeNextPath } from './paths'

it.each([
  ['/teacher/courses/1?t=5#x', '/teacher/courses/1?t=5#x'],
  [null, null],
  ['', null],
  ['teacher', null],
  ['//evil.example/x', null],
  ['/\\evil.example', null],
  ['https://evil.example', null],
  ['javascript:alert(1)', null],
  ['/login?next=/login', null],
  ['/', null],
])('after signing in, %s leads to %s', (next, path) => {
  expect(safeNextPath(next)).toBe(path)
})
