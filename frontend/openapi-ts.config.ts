import { defineConfig } from '@hey-api/openapi-ts'

export default defineConfig({
  input: './openapi.json',
  // Another folder is for comparing only (scripts/check-generated.mjs). No barrel file.
  output: { path: process.env.API_CLIENT_FOLDER ?? './src/lib/api/gen', entryFile: false },
  plugins: [
    // The base URL stays relative: the school is the host that served the page.
    { name: '@hey-api/client-fetch', baseUrl: false, throwOnError: true },
    '@hey-api/typescript',
    '@hey-api/sdk',
  ],
})
