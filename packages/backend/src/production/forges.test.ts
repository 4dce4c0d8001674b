import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { JsonObject } from '@backstage/types';
import {
  createForge,
  readMlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import { parse } from 'yaml';
import { find, load } from './__testUtils__/overlay';

const guide = readFileSync(
  resolve(__dirname, '../../../../docs/guides/production.md'),
  'utf8',
);

/** The overlay for GitHub that the guide shows. */
function overlayOfTheGuide(): JsonObject {
  const section = guide.slice(guide.indexOf('## The forge'));
  const block = /\n((?: {4}.*\n)+)/.exec(section)?.[1] ?? '';
  return parse(block.replace(/\$\{(\w+)\}/g, 'value-of-$1'));
}

const gitlab = {
  mlPlatform: {
    repository: { url: 'https://gitlab.com/acme/group/platform.git' },
  },
  integrations: {
    gitea: null,
    gitlab: [{ host: 'gitlab.com', token: 'f06e' }],
  },
};

it.each([
  ['GitHub', overlayOfTheGuide(), 'ml-portal[bot]', '/blob/main/infra'],
  ['GitLab', gitlab, undefined, '/-/blob/main/infra'],
])('starts with a repository on %s', async (_, overlay, account, page) => {
  const configs = await load();
  expect(find(configs, overlay)).toEqual([]);
  const config = ConfigReader.fromConfigs([
    ...configs,
    { context: 'test', data: overlay },
  ]);
  const { repository } = readMlPlatformConfig(config);
  const forge = createForge(repository, ScmIntegrations.fromConfig(config));
  expect(forge.account).toBe(account);
  expect(forge.fileUrl({ branch: 'main', path: 'infra' })).toContain(page);
});
