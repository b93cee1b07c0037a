import { beforeEach, expect, it } from 'vitest'
import { seekBy, seekTo } from './seek'

let video: HTMLVideoElement

/** What the browser has of the video, as the element tells it. */
const have = (state: number) =>
  Object.defineProperty(video, 'readyState', { value: state, configurable: true })

beforeEach(() => {
  video = document.createElement('video')
  have(HTMLMediaElement.HAVE_METADATA)
})

it('waits for the first picture, and adds up what is asked for until then', () => {
  seekTo(video, 30)
  seekBy(video, 10)
  seekBy(video, 10)
  expect(video.currentTime).toBe(0)
  have(HTMLMediaElement.HAVE_CURRENT_DATA)
  video.dispatchEvent(new Event('loadeddata'))
  expect(video.currentTime).toBe(50)
})

it('jumps on at once while a jump is under way', () => {
  have(HTMLMediaElement.HAVE_CURRENT_DATA)
  seekTo(video, 30)
  // Nothing is loaded there: no picture, and no first picture any more.
  have(HTMLMediaElement.HAVE_METADATA)
  seekBy(video, 10)
  seekBy(video, -5)
  expect(video.currentTime).toBe(35)
})

it('waits again when the video gets another source', () => {
  have(HTMLMediaElement.HAVE_CURRENT_DATA)
  seekTo(video, 30)
  have(HTMLMediaElement.HAVE_NOTHING)
  video.dispatchEvent(new Event('emptied'))
  seekTo(video, 40)
  expect(video.currentTime).toBe(30)
  have(HTMLMediaElement.HAVE_CURRENT_DATA)
  video.dispatchEvent(new Event('loadeddata'))
  expect(video.currentTime).toBe(40)
})
