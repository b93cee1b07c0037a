import {
  ArrowUturnLeftIcon,
  ArrowUturnRightIcon,
  Bars3BottomLeftIcon,
  BoldIcon,
  ChatBubbleBottomCenterTextIcon,
  H2Icon,
  ItalicIcon,
  LinkIcon,
  ListBulletIcon,
  NumberedListIcon,
} from '@heroicons/react/24/outline'
import { clsx } from 'clsx'
import {
  type ComponentType,
  type RefObject,
  type SVGProps,
  useEffect,
  useRef,
  useState,
} from 'react'
import { Toolbar } from 'react-aria-components/Toolbar'
import { useTranslation } from 'react-i18next'
import { LinkDialog } from './link-dialog'

type Word =
  'bold' | 'italic' | 'heading' | 'paragraph' | 'list' | 'numbers' | 'quote' | 'undo' | 'redo'

interface Tool {
  word: Word
  icon: ComponentType<SVGProps<SVGSVGElement>>
  /** The browser's own name of it. */
  command: string
  value?: string
  /** Whether the browser can tell that it is on where the cursor stands. */
  isState?: boolean
}

const TOOLS: readonly Tool[] = [
  { word: 'bold', icon: BoldIcon, command: 'bold', isState: true },
  { word: 'italic', icon: ItalicIcon, command: 'italic', isState: true },
  { word: 'heading', icon: H2Icon, command: 'formatBlock', value: 'h2' },
  { word: 'paragraph', icon: Bars3BottomLeftIcon, command: 'formatBlock', value: 'p' },
  { word: 'list', icon: ListBulletIcon, command: 'insertUnorderedList', isState: true },
  { word: 'numbers', icon: NumberedListIcon, command: 'insertOrderedList', isState: true },
  {
    word: 'quote',
    icon: ChatBubbleBottomCenterTextIcon,
    command: 'formatBlock',
    value: 'blockquote',
  },
  { word: 'undo', icon: ArrowUturnLeftIcon, command: 'undo' },
  { word: 'redo', icon: ArrowUturnRightIcon, command: 'redo' },
]

interface WritingToolbarProps {
  box: RefObject<HTMLElement | null>
  /** Id of the text box. */
  controls: string
  onChange: () => void
}

/** Formats what is selected in the text. One stop of Tab; arrows go on from tool to tool. */
export function WritingToolbar({ box, controls, onChange }: WritingToolbarProps) {
  const { t } = useTranslation('courses')
  const [active, setActive] = useState<ReadonlySet<Word>>(new Set())
  const [asksLink, setAsksLink] = useState(false)
  // Where the cursor stood last: a click on a tool, or Tab to it, takes the focus out of the text.
  const range = useRef<Range>(undefined)

  useEffect(() => {
    const follow = () => {
      const selection = getSelection()
      if (!selection?.rangeCount || !box.current?.contains(selection.anchorNode)) return
      range.current = selection.getRangeAt(0).cloneRange()
      setActive(new Set(TOOLS.filter(isOn).map(({ word }) => word)))
    }
    document.addEventListener('selectionchange', follow)
    return () => document.removeEventListener('selectionchange', follow)
  }, [box])

  const run = (command: string, value?: string) => {
    const selection = getSelection()
    const isInText = document.activeElement === box.current
    box.current?.focus()
    // Setting a selection that is there already would forget "bold from here on".
    if (range.current && !isInText) {
      selection?.removeAllRanges()
      selection?.addRange(range.current)
    }
    // Outdated by name only: no browser has another way that keeps its own Undo.
    document.execCommand(command, false, value)
    onChange()
  }
  return (
    <>
      <Toolbar
        aria-label={t('writing.toolbar')}
        aria-controls={controls}
        className="flex flex-wrap gap-0.5 rounded-t-lg border-b border-line bg-page p-1"
      >
        {TOOLS.map(({ word, icon, command, value, isState }) => (
          <ToolButton
            key={word}
            label={t(`writing.${word}`)}
            icon={icon}
            pressed={isState ? active.has(word) : undefined}
            onPress={() => run(command, value)}
          />
        ))}
        <ToolButton label={t('writing.link')} icon={LinkIcon} onPress={() => setAsksLink(true)} />
      </Toolbar>
      {asksLink && (
        <LinkDialog
          onClose={() => setAsksLink(false)}
          onSet={(address) => {
            setAsksLink(false)
            // The dialog gives the focus back first.
            setTimeout(() => insertLink(address), 50)
          }}
          onUnset={() => {
            setAsksLink(false)
            setTimeout(() => run('unlink'), 50)
          }}
        />
      )}
    </>
  )

  function insertLink(address: string): void {
    if (range.current?.collapsed === false) {
      run('createLink', address)
      return
    }
    // Nothing is selected: the address itself is what is read.
    const link = document.createElement('a')
    link.href = address
    link.textContent = address
    run('insertHTML', link.outerHTML)
  }
}

const isOn = ({ isState, command }: Tool): boolean =>
  isState === true && document.queryCommandState(command)

interface ToolButtonProps {
  label: string
  icon: ComponentType<SVGProps<SVGSVGElement>>
  pressed?: boolean | undefined
  onPress: () => void
}

function ToolButton({ label, icon: Icon, pressed, onPress }: ToolButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      // The selection stays where it is.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
      className={clsx(
        'flex size-10 items-center justify-center rounded-md hover:bg-surface',
        pressed && 'bg-brand-soft text-brand-strong',
      )}
    >
      <Icon aria-hidden="true" className="size-5" />
    </button>
  )
}
