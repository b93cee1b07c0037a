import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const

interface PlayerPrefs {
  volume: number
  muted: boolean
  speed: number
  captions: boolean
}

/** How this person likes to watch; kept in this browser from video to video. */
export const usePlayerPrefs = create<PlayerPrefs>()(
  persist((): PlayerPrefs => ({ volume: 1, muted: false, speed: 1, captions: false }), {
    name: 'lms.player',
  }),
)

export const setPlayerPrefs = (change: Partial<PlayerPrefs>): void => {
  usePlayerPrefs.setState(change)
}
