import type { KeyboardEvent } from 'react'

export interface PlayerCommands {
  togglePlay: () => void
  seekBy: (seconds: number) => void
  /** `share` from 0 to 1. */
  seekToShare: (share: number) => void
  changeVolume: (by: number) => void
  changeSpeed: (step: 1 | -1) => void
  toggleMute: () => void
  toggleCaptions: () => void
  toggleFullscreen: () => void
  togglePictureInPicture: () => void
  showTranscript: () => void
  showHelp: () => void
}

const VOLUME_STEP = 0.05

/** Which control has the focus decides what a key means there. */
function roleOf(target: EventTarget): 'button' | 'menu' | 'seek' | 'volume' | 'other' {
  if (target instanceof HTMLSelectElement) return 'menu'
  if (target instanceof HTMLButtonElement) return 'button'
  if (!(target instanceof HTMLInputElement)) return 'other'
  if (target.type !== 'range') return 'button'
  return target.dataset.bar === 'volume' ? 'volume' : 'seek'
}

/**
 * The keys of the player, as people know them from other players. They act only while the focus is
 * inside it (WCAG 2.1.4), and never take a key from a control that needs it.
 *
 * @param singleKeys whether letters, digits and signs act too, or only the keys that write nothing
 * @returns whether the key was used
 */
export function handleShortcut(
  event: KeyboardEvent,
  commands: PlayerCommands,
  singleKeys = true,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const on = roleOf(event.target)
  // A list of choices uses letters, digits, arrows and space itself.
  if (on === 'menu') return false
  const { key } = event

  switch (key) {
    case ' ':
      // Space presses a focused button.
      if (on === 'button') return false
      commands.togglePlay()
      return true
    case 'ArrowLeft':
    case 'ArrowRight':
      if (on === 'volume') return false
      commands.seekBy(key === 'ArrowLeft' ? -5 : 5)
      return true
    case 'ArrowUp':
    case 'ArrowDown': {
      if (on === 'volume') return false
      const up = key === 'ArrowUp'
      // On the seek bar they are part of the slider pattern.
      if (on === 'seek') commands.seekBy(up ? 5 : -5)
      else commands.changeVolume(up ? VOLUME_STEP : -VOLUME_STEP)
      return true
    }
    case 'PageUp':
    case 'PageDown':
      if (on !== 'seek') return false
      commands.seekBy(key === 'PageUp' ? 30 : -30)
      return true
    case 'Home':
    case 'End':
      if (on === 'volume') return false
      commands.seekToShare(key === 'Home' ? 0 : 1)
      return true
    default:
      return singleKeys && handleSingleKey(key.toLowerCase(), commands)
  }
}

function handleSingleKey(key: string, commands: PlayerCommands): boolean {
  if (/^[0-9]$/.test(key)) {
    commands.seekToShare(Number(key) / 10)
    return true
  }
  const act = actionOf(key, commands)
  act?.()
  return act !== undefined
}

function actionOf(key: string, commands: PlayerCommands): (() => void) | undefined {
  switch (key) {
    case '>':
      return () => commands.changeSpeed(1)
    case '<':
      return () => commands.changeSpeed(-1)
    case '?':
      return commands.showHelp
    case 'k':
      return commands.togglePlay
    case 'j':
      return () => commands.seekBy(-10)
    case 'l':
      return () => commands.seekBy(10)
    case 'm':
      return commands.toggleMute
    case 'c':
      return commands.toggleCaptions
    case 'f':
      return commands.toggleFullscreen
    case 'i':
      return commands.togglePictureInPicture
    case 't':
      return commands.showTranscript
    default:
      return undefined
  }
}
