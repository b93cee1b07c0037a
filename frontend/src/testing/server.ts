import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

/**
 * Answers nothing by itself but what the frame of every page asks for: there is no news. For all
 * else, every test says what the API says to it.
 */
export const server = setupServer(
  http.get('*/api/notifications/unread-count', () => HttpResponse.json({ count: 0 })),
  http.get('*/api/notifications/stream', () => new Promise<Response>(() => undefined)),
)
