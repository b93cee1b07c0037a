import { setupServer } from 'msw/node'

/** Answers nothing by itself: every test says what the API says to it. */
export const server = setupServer()
