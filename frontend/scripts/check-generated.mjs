/**
 * Fails when the committed API client is not what the committed openapi.json generates.
 * Compares with a fresh copy instead of asking git, so that it also works on uncommitted files.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const committed = 'src/lib/api/gen'
// Inside the project, because the generator reads the nearest tsconfig.
const fresh = mkdtempSync(join('node_modules', '.api-client-'))

const read = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length), readFileSync(file, 'utf8')]),
  )

try {
  execFileSync(process.execPath, ['node_modules/@hey-api/openapi-ts/bin/run.js', '--silent'], {
    stdio: 'inherit',
    env: { ...process.env, API_CLIENT_FOLDER: fresh },
  })
  const [before, after] = [read(committed), read(fresh)]
  const different = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  )
  if (different.length > 0) {
    console.error(`The API client is out of date; run "npm run generate":\n${different.join('\n')}`)
    process.exitCode = 1
  }
} finally {
  rmSync(fresh, { recursive: true, force: true })
}
