/**
 * Adds to package-lock.json the optional platform packages that a registry mirror left out.
 *
 * Native tools (the bundler, the linter, the CSS compiler) name one optional package per
 * platform. A mirror that does not carry all of them makes npm write a lock without the missing
 * ones, and then `npm ci` refuses that lock: "Missing: ... from lock file". An entry that holds only
 * the version and the platform is enough for npm: it fetches nothing for other platforms, and on
 * the platform in question it asks the registry for the rest.
 *
 * Usage: node scripts/complete-lock.mjs [package-lock.json]
 */
import { readFileSync, writeFileSync } from 'node:fs'

const OS = 'android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|wasm32'
const CPU = 'arm64|x64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasi'
const PLATFORM = new RegExp(`(${OS})-?(${CPU})?`)

/** Looks for `name` as Node would from the package at `from`: in its own folder, then upwards. */
function isLocked(packages, from, name) {
  for (let folder = from; ;) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (!folder) return false
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
  }
}

/** The lock entry of a platform package that the registry did not show us. */
function placeholder(name, version, dev) {
  const [, os, cpu] = PLATFORM.exec(name) ?? []
  const isWasm = os === 'wasm32'
  return {
    version,
    ...(isWasm ? { cpu: ['wasm32'] } : cpu && { cpu: [cpu] }),
    ...(dev && { dev: true }),
    optional: true,
    ...(os && !isWasm && { os: [os] }),
    ...(name.includes('musl') && { libc: ['musl'] }),
    ...(name.endsWith('gnu') && { libc: ['glibc'] }),
  }
}

const file = process.argv[2] ?? 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8'))
let added = 0

for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    // A range cannot be pinned without asking the registry; platform packages use exact versions.
    if (!/^\d/.test(version) || isLocked(lock.packages, path, name)) continue
    lock.packages[`node_modules/${name}`] = placeholder(name, version, entry.dev)
    added += 1
  }
}

// npm sorts by code unit; the same order keeps the diff small.
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`complete-lock: ${added} platform package(s) added`)
