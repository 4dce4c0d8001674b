import { defineConfig } from '@playwright/test';
import { chromium } from '../chromium';
import { addressOf, DOMAIN, GATEWAY_PORT, root } from './addresses';

/** Signs in to the portal as it runs in production, in Debian's Chromium. */
export default defineConfig({
  testDir: __dirname,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [
    ['list'],
    ['json', { outputFile: `${root}/.data/ci/production.json` }],
  ],
  outputDir: `${root}/.data/production-results`,
  webServer: {
    command:
      'node --require @backstage/cli-node/config/nodeTransform.cjs e2e/production/systems/main.ts',
    cwd: root,
    url: `https://localhost:${GATEWAY_PORT}/ready`,
    ignoreHTTPSErrors: true,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    reuseExistingServer: !process.env.CI,
    stdout: 'pipe',
  },
  use: {
    baseURL: addressOf('portal'),
    // The gateway's certificate is of the test's own authority, which the portal's process verifies.
    ignoreHTTPSErrors: true,
    trace: 'retain-on-failure',
    launchOptions: {
      ...chromium,
      args: [
        `--host-resolver-rules=MAP *.${DOMAIN} 127.0.0.1`,
        ...chromium.args,
      ],
    },
  },
});
