import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface ReviewPrefs {
  singleKeys: boolean
}

/** Whether single keys review questions (WCAG 2.1.4 wants a way to turn them off); kept in this browser. */
export const useReviewPrefs = create<ReviewPrefs>()(
  persist((): ReviewPrefs => ({ singleKeys: true }), { name: 'lms.quiz-review' }),
)
