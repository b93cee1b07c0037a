import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The API decides the school from the Host header, so the proxy passes it on unchanged:
// http://demo.localhost:3000 is the school "demo" in development too.
const api = { target: process.env.LMS_API_URL ?? 'http://127.0.0.1:8000', changeOrigin: false }

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    port: 3000,
    strictPort: true,
    proxy: { '/api': api, '/media': api, '/health': api },
  },
  build: {
    // The size budgets follow static imports through this manifest (.size-limit.js).
    manifest: true,
    // Inlined files would need `data:` in the content security policy for fonts.
    assetsInlineLimit: 0,
    // hls.js is large, loaded only with the player, and has a budget of its own.
    chunkSizeWarningLimit: 520,
    rolldownOptions: {
      output: {
        // What every page needs comes as two files, one that changes with the libraries and one with
        // the app: in twenty small ones it compresses worse.
        codeSplitting: {
          groups: [
            {
              name: 'framework',
              test: /node_modules\/(react|react-dom|scheduler|react-router|i18next|react-i18next|zustand|clsx)\//,
            },
            {
              name: 'start',
              test: /src\/(config|lib\/tenant|lib\/api\/(client|first-calls|problem|describe-error|gen\/(client|core))|lib\/auth\/(roles|session)|lib\/i18n\/(index|languages)|components\/(ui\/(button|spinner)|feedback\/error-state))/,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://demo.localhost:3000' } },
    setupFiles: ['./src/testing/setup.ts'],
    css: false,
    restoreMocks: true,
    // One browser for all files: setup.ts puts everything shared back before each test, and making
    // a new one per file takes three times as long as the tests.
    isolate: false,
    testTimeout: 20_000,
  },
})
