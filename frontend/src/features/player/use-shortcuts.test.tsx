import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { handleShortcut, type PlayerCommands } from './use-shortcuts'

function setup(singleKeys = true) {
  const commands = {
    togglePlay: vi.fn<PlayerCommands['togglePlay']>(),
    seekBy: vi.fn<PlayerCommands['seekBy']>(),
    seekToShare: vi.fn<PlayerCommands['seekToShare']>(),
    changeVolume: vi.fn<PlayerCommands['changeVolume']>(),
    changeSpeed: vi.fn<PlayerCommands['changeSpeed']>(),
    toggleMute: vi.fn<PlayerCommands['toggleMute']>(),
    toggleCaptions: vi.fn<PlayerCommands['toggleCaptions']>(),
    toggleFullscreen: vi.fn<PlayerCommands['toggleFullscreen']>(),
    togglePictureInPicture: vi.fn<PlayerCommands['togglePictureInPicture']>(),
    showTranscript: vi.fn<PlayerCommands['showTranscript']>(),
    showHelp: vi.fn<PlayerCommands['showHelp']>(),
  }
  render(
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onKeyDown={(event) => {
        if (handleShortcut(event, commands, singleKeys)) event.preventDefault()
      }}
    >
      <button type="button">Mute</button>
      <input type="checkbox" />
      <select aria-label="Speed">
        <option>1</option>
        <option>2</option>
      </select>
      <input type="range" data-bar="seek" aria-label="Position" />
      <input type="range" data-bar="volume" aria-label="Volume" />
    </div>,
  )
  return { user: userEvent.setup(), commands }
}

it.each([
  ['k', 'togglePlay', []],
  ['j', 'seekBy', [-10]],
  ['L', 'seekBy', [10]],
  ['{ArrowLeft}', 'seekBy', [-5]],
  ['{ArrowRight}', 'seekBy', [5]],
  ['{ArrowUp}', 'changeVolume', [0.05]],
  ['{ArrowDown}', 'changeVolume', [-0.05]],
  ['m', 'toggleMute', []],
  ['c', 'toggleCaptions', []],
  ['f', 'toggleFullscreen', []],
  ['7', 'seekToShare', [0.7]],
  ['{Home}', 'seekToShare', [0]],
  ['>', 'changeSpeed', [1]],
  ['<', 'changeSpeed', [-1]],
  ['i', 'togglePictureInPicture', []],
  ['t', 'showTranscript', []],
  ['?', 'showHelp', []],
] as const)('%s on a button does %s', async (key, command, args) => {
  const { user, commands } = setup()
  screen.getByRole('button').focus()
  await user.keyboard(key)
  expect(commands[command]).toHaveBeenCalledExactlyOnceWith(...args)
})

it('leaves keys to the controls that need them', async () => {
  const { user, commands } = setup()
  screen.getByRole('button').focus()
  await user.keyboard(' ')
  screen.getByRole('checkbox').focus()
  await user.keyboard(' ')
  screen.getByRole('combobox').focus()
  await user.keyboard('k1{ArrowUp} ')
  screen.getByRole('slider', { name: 'Volume' }).focus()
  await user.keyboard('{ArrowUp}{ArrowLeft}')
  screen.getByRole('button').focus()
  await user.keyboard('{Control>}c{/Control}')
  for (const command of Object.values(commands)) expect(command).not.toHaveBeenCalled()
})

it('plays and pauses with Space on the seek bar', async () => {
  const { user, commands } = setup()
  screen.getByRole('slider', { name: 'Position' }).focus()
  await user.keyboard(' {ArrowUp}')
  expect(commands.togglePlay).toHaveBeenCalledOnce()
  expect(commands.seekBy).toHaveBeenCalledWith(5)
})

it('leaves letters, digits and signs alone when the person wants it so, but not the other keys', async () => {
  const { user, commands } = setup(false)
  screen.getByRole('button').focus()
  await user.keyboard('kjlmcfit?<5{ArrowLeft}{Home}')
  const used = Object.entries(commands).filter(([, command]) => command.mock.calls.length > 0)
  expect(used.map(([name]) => name)).toEqual(['seekBy', 'seekToShare'])
})
