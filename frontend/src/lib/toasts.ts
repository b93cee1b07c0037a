import { createStore } from 'zustand'

export interface Toast {
  id: number
  tone: 'success' | 'danger' | 'info'
  text: string
  /** A way to take back what was just done, or to go where it is. */
  action?: ToastAction | undefined
}

export interface ToastAction {
  label: string
  onAction: () => void
}

/** What is shown now, the oldest first. */
export const toastStore = createStore<{ toasts: Toast[] }>()(() => ({ toasts: [] }))

/** How long a message stays, in milliseconds: long enough to be read twice. */
const STAY_MS = 8000
/** The same when something can be done with it: it has to be reached as well. */
const STAY_WITH_ACTION_MS = 20_000
/** More at once would cover what the person is doing. */
const MOST = 3

let lastId = 0

export const dismissToast = (id: number): void =>
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))

/**
 * Says something in passing. It is never the only place where an error stands: who blinks has missed
 * it, so what needs doing belongs into the page.
 */
export function showToast(
  text: string,
  tone: Toast['tone'] = 'success',
  action?: ToastAction,
): void {
  lastId += 1
  const toast = { id: lastId, tone, text, action }
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, toast].slice(-MOST) }))
  setTimeout(() => dismissToast(toast.id), action ? STAY_WITH_ACTION_MS : STAY_MS)
}
