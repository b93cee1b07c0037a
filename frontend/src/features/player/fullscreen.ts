import { useSyncExternalStore } from 'react'

function subscribe(notify: () => void) {
  document.addEventListener('fullscreenchange', notify)
  return () => document.removeEventListener('fullscreenchange', notify)
}

export const useFullscreen = (box: { current: HTMLElement | null }): boolean =>
  useSyncExternalStore(
    subscribe,
    () => document.fullscreenElement !== null && document.fullscreenElement === box.current,
  )

interface IphoneVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void
}

export function toggleFullscreen(box: HTMLElement, video: IphoneVideo): void {
  if (document.fullscreenElement) {
    void document.exitFullscreen()
  } else if ('requestFullscreen' in box) {
    // The whole box, so that our controls come along. A refusal leaves the page as it is.
    box.requestFullscreen().catch(() => undefined)
  } else {
    // iPhones know full screen for the video element only, with controls of their own.
    video.webkitEnterFullscreen?.()
  }
}

export function togglePictureInPicture(video: HTMLVideoElement): void {
  // A refusal, as before anything is loaded, leaves the page as it is.
  if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => undefined)
  else if (document.pictureInPictureEnabled) video.requestPictureInPicture().catch(() => undefined)
}
