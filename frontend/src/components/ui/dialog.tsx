import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

interface DialogProps {
  title: string
  onClose: () => void
  /** `alertdialog` for a question about something that is about to happen. */
  role?: 'dialog' | 'alertdialog'
  /** `wide` for forms of two columns and for lists. */
  size?: 'normal' | 'wide'
  children: ReactNode
}

const OVERLAY = 'fixed inset-0 z-40 flex bg-night/60 data-[entering]:animate-fade-in'

/** A question before everything else on the page. Escape, and a click beside it, are a no. */
export function Dialog({ title, onClose, role, size = 'normal', children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      className={clsx(OVERLAY, 'items-end justify-center sm:items-center sm:p-4')}
    >
      <Modal
        className={clsx(
          'max-h-full w-full overflow-y-auto rounded-t-card bg-surface shadow-xl sm:rounded-card',
          size === 'wide' ? 'sm:max-w-3xl' : 'sm:max-w-lg',
        )}
      >
        <AriaDialog role={role} className="p-5 outline-none sm:p-6">
          <Heading slot="title" className="text-xl font-bold">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

interface DrawerProps {
  /** Spoken name. */
  label: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
}

/** A panel from the side, over the page. */
export function Drawer({ label, isOpen, onClose, children }: DrawerProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      className={clsx(OVERLAY, 'lg:hidden')}
    >
      <Modal className="h-full w-72 max-w-[85%] overflow-y-auto bg-surface shadow-xl">
        <AriaDialog aria-label={label} className="flex min-h-full flex-col p-4 outline-none">
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
