import { MagnifyingGlassIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { Form, Link, useLocation } from 'react-router'
import { paths } from '@/config/paths'

/** In the frame of the portal: a field where there is room for one, else a link to the page that has one. */
export function SearchBox() {
  const { t } = useTranslation('frame')
  const { pathname } = useLocation()
  // The page has a field of its own, with the same words in it.
  if (pathname === paths.search) return null
  return (
    <>
      <Form role="search" action={paths.search} className="relative max-xl:hidden">
        <MagnifyingGlassIcon
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-ink-soft"
        />
        <input
          type="search"
          name="q"
          aria-label={t('search.courses')}
          placeholder={t('search.courses')}
          autoComplete="off"
          maxLength={100}
          className="min-h-11 w-60 rounded-lg border border-edge bg-surface py-2 pr-3 pl-10 text-base"
        />
      </Form>
      <Link
        to={paths.search}
        aria-label={t('search.courses')}
        title={t('search.courses')}
        className="flex size-11 items-center justify-center rounded-lg hover:bg-page xl:hidden"
      >
        <MagnifyingGlassIcon aria-hidden="true" className="size-6" />
      </Link>
    </>
  )
}
