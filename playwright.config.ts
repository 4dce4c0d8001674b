import { defineConfig } from '@playwright/test';
import { chromium } from './e2e/chromium';

/** Browser tests drive what `npm start` runs, in Debian's Chromium. */
export default defineConfig({
  testDir: 'e2e',
  // Has a configuration of its own.
  testIgnore: 'production/**',
  timeout: 300_000,
  expect: { timeout: 30_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: '.data/ci/playwright.json' }]],
  outputDir: '.data/e2e-results',
  webServer: {
    command: 'npm start -- --reset',
    // Yarn leaves its name in here, and `yarn start` is the development mode.
    env: { npm_config_user_agent: '' },
    url: 'http://localhost:7007/.backstage/health/v1/readiness',
    timeout: 600_000,
    reuseExistingServer: !process.env.CI,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'pipe',
  },
  use: {
    baseURL: 'http://localhost:7007',
    viewport: { width: 1440, height: 1000 },
    trace: 'retain-on-failure',
    launchOptions: chromium,
  },
});
