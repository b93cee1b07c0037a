import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { makeTranscript } from '@/testing/factories'
import { findActiveLine } from './transcript-lines'
import { TranscriptPanel } from './transcript-panel'

const { segments } = makeTranscript()

/** A video whose position tests may set, as if it played. */
function setup() {
  const video = document.createElement('video')
  Object.defineProperty(video, 'readyState', { value: HTMLMediaElement.HAVE_ENOUGH_DATA })
  Object.defineProperty(video, 'duration', { value: 70 })
  Object.defineProperty(video, 'currentTime', { value: 0, writable: true })
  const scrollTo = vi.spyOn(Element.prototype, 'scrollTo')
  render(
    <TranscriptPanel
      video={video}
      segments={segments}
      language="en"
      title="Checks: why?"
      vttUrl="/media/grant/captions.vtt"
    />,
  )
  const playTo = (seconds: number) =>
    act(() => {
      video.currentTime = seconds
      fireEvent.timeUpdate(video)
    })
  return { user: userEvent.setup(), video, playTo, scrollTo }
}

const line = (text: string) => screen.getByRole('button', { name: new RegExp(`${text}\\.$`) })
const backButton = () => screen.queryByRole('button', { name: 'Back to current line' })

it.each([
  [0, -1],
  [0.96, 0],
  [3.9, 0],
  [4, 1],
  [64, 1],
  [500, 2],
])('at %d s, line %d is said', (time, index) => {
  expect(findActiveLine(segments, time)).toBe(index)
})

it('marks the line being said and reads times as words', () => {
  const { playTo } = setup()
  playTo(66)
  expect(line('Three')).toHaveAttribute('aria-current', 'true')
  expect(line('Three')).toHaveAccessibleName(/^1 minute 5 seconds:\s*Three\.$/)
  expect(line('One')).not.toHaveAttribute('aria-current')
})

it('is one stop of the Tab key; arrows, Home and End move in it', async () => {
  const { user } = setup()
  // The search and the download come first.
  await user.tab()
  await user.tab()
  await user.tab()
  expect(line('One')).toHaveFocus()
  await user.keyboard('{ArrowDown}')
  expect(line('Two')).toHaveFocus()
  await user.keyboard('{End}')
  expect(line('Three')).toHaveFocus()
  await user.keyboard('{ArrowDown}')
  expect(line('Three')).toHaveFocus()
  await user.keyboard('{Home}')
  expect(line('One')).toHaveFocus()
  const stops = within(screen.getByRole('list'))
    .getAllByRole('button')
    .filter(({ tabIndex }) => tabIndex === 0)
  expect(stops).toEqual([line('One')])
})

it('jumps to a line by click and by Enter', async () => {
  const { user, video } = setup()
  await user.click(line('Three'))
  expect(video.currentTime).toBeCloseTo(65, 1)
  await user.keyboard('{ArrowUp}{Enter}')
  expect(video.currentTime).toBeCloseTo(4, 1)
})

it('follows the video until the reader goes elsewhere, and comes back on request', async () => {
  const { user, playTo, scrollTo } = setup()
  // Without a layout every line lies at 0 and counts as visible; a list of no height hides them all.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(40)
  playTo(2)
  expect(scrollTo).toHaveBeenCalledTimes(1)
  expect(backButton()).toBeNull()

  fireEvent.wheel(screen.getByRole('list'))
  playTo(5)
  expect(scrollTo).toHaveBeenCalledTimes(1)
  const back = backButton()
  if (!back) throw new Error('no way back to the current line')

  await user.click(back)
  expect(scrollTo).toHaveBeenCalledTimes(2)
  expect(backButton()).toBeNull()
  expect(line('Two')).toHaveFocus()
})

it('finds words, tells how many, and goes from one to the next and round', async () => {
  const { user, playTo } = setup()
  const box = screen.getByRole('searchbox', { name: 'Search in the transcript' })
  await user.type(box, 'O')
  expect(screen.getByText('1 of 2')).toBeVisible()
  // One. and Two.
  expect(document.querySelectorAll('mark')).toHaveLength(2)
  await user.keyboard('{Enter}')
  expect(screen.getByText('2 of 2')).toBeVisible()
  expect(line('Two')).toHaveAttribute('tabindex', '0')
  await user.keyboard('{Enter}')
  expect(screen.getByText('1 of 2')).toBeVisible()
  await user.keyboard('{Shift>}{Enter}{/Shift}')
  expect(screen.getByText('2 of 2')).toBeVisible()
  // Reading what was found, one is not pulled back by the video.
  playTo(66)
  expect(backButton()).toBeVisible()
  await user.type(box, 'nowhere')
  expect(screen.getByText('Not found')).toBeVisible()
})

it('gives the transcript away as text and as captions', async () => {
  const saved: [string, string][] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function save(
    this: HTMLAnchorElement,
  ) {
    saved.push([this.getAttribute('href') ?? '', this.download])
  })
  URL.createObjectURL = () => 'blob:made-here'
  URL.revokeObjectURL = () => undefined
  const { user } = setup()
  const choose = async (name: string) => {
    await user.click(screen.getByRole('button', { name: 'Download the transcript' }))
    await user.click(await screen.findByRole('menuitem', { name }))
  }
  await choose('Text')
  await choose('Captions (VTT)')
  expect(saved).toEqual([
    ['blob:made-here', 'Checks why.txt'],
    ['/media/grant/captions.vtt', 'Checks why.vtt'],
  ])
})
