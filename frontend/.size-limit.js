/**
 * Download budgets (gzip) of what a person fetches to see a page: a chunk and everything that it
 * imports statically, found through the build's manifest because file names carry hashes.
 */
import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
const keys = Object.keys(manifest)

/** Files of a chunk and of its static imports. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const imported of manifest[key].imports ?? []) closure(imported, seen)
  return seen
}

const files = (chunks) => [...chunks].map((key) => `dist/${manifest[key].file}`)
const page = (name) => closure(`src/features/${name}.tsx`)
const layout = (name) => closure(`src/app/layouts/${name}.tsx`)
const portalFrame = closure('src/app/portal.tsx')
const words = (name) => closure(`src/lib/i18n/locales/en/${name}.json`)

const portals = ['super-admin', 'admin', 'teacher']
/** Every page behind the sign-in, as the routes have them: [portal, page, catalogue]. */
const pages = portals.flatMap((portal) =>
  ['shared-pages', `${portal}-routes`].flatMap((file) =>
    [
      ...readFileSync(`src/app/routes/${file}.ts`, 'utf8').matchAll(
        /page\(\s*'([\w-]+)',\s*async \(\) => \(await import\('@\/features\/([\w/-]+)'\)\)/g,
      ),
    ].map(([, catalogue, name]) => [portal, name, catalogue]),
  ),
)

const entry = closure('index.html')
/** What is around every page of a portal. */
const frame = (portal) => portalFrame.union(layout(`${portal}-layout`)).union(words('frame'))
/** What a page adds to what is there already. */
const added = (...sets) => {
  const all = sets.reduce((sum, set) => sum.union(set), new Set())
  return files(all.difference(entry))
}
const login = [page('auth/login-page'), layout('auth-layout'), words('auth')]
const hls = keys.find((key) => key.includes('hls.light'))

const budget = (name, path, limit) => ({ name, path, limit, gzip: true })

export default [
  budget('entry', files(entry), '140 kB'),
  budget('sign-in page, everything', [...files(entry), ...added(...login)], '180 kB'),
  // Two lazy routes, one inside the other: the portal's frame comes once, each page when it is opened.
  ...portals.map((portal) => budget(`${portal}: frame`, added(frame(portal)), '110 kB')),
  ...pages.map(([portal, name, catalogue]) =>
    budget(
      `${portal}: ${name}`,
      files(
        page(name)
          .union(words(catalogue))
          .difference(entry.union(frame(portal))),
      ),
      '110 kB',
    ),
  ),
  budget(
    'charts (Chart.js), added to the entry',
    added(closure('src/components/charts/drawing.tsx')),
    '80 kB',
  ),
  budget('video player (hls.js)', [`dist/${manifest[hls].file}`], '130 kB'),
  budget(
    'styles',
    manifest['index.html'].css.map((file) => `dist/${file}`),
    '20 kB',
  ),
]
