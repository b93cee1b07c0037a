import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const
export const CAPTION_SIZES = ['small', 'normal', 'large', 'huge'] as const
/** `shaded` lets the picture through a little, `solid` does not. */
export const CAPTION_LOOKS = ['shaded', 'solid'] as const

export interface PlayerPrefs {
  volume: number
  muted: boolean
  speed: number
  captions: boolean
  captionSize: (typeof CAPTION_SIZES)[number]
  captionLook: (typeof CAPTION_LOOKS)[number]
  /** The picture over the whole width of the page. */
  theatre: boolean
  /** Single keys as `k` and `m` act in the player (WCAG 2.1.4 wants a way to turn them off). */
  singleKeys: boolean
}

/** How this person likes to watch; kept in this browser from video to video. */
export const usePlayerPrefs = create<PlayerPrefs>()(
  persist(
    (): PlayerPrefs => ({
      volume: 1,
      muted: false,
      speed: 1,
      captions: false,
      captionSize: 'normal',
      captionLook: 'shaded',
      theatre: false,
      singleKeys: true,
    }),
    { name: 'lms.player' },
  ),
)

export const setPlayerPrefs = (change: Partial<PlayerPrefs>): void => {
  usePlayerPrefs.setState(change)
}
