import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { DEFAULT_GPU_NAMES, DEVICE_CLASS_PREFIX } from './gpuNames';

it('are the same for the portal and the policies', () => {
  const file = '../../../../infra/gitops/policies/parameters.yaml';
  const { data } = parse(readFileSync(path.join(__dirname, file), 'utf8'));
  const { resourceNames, deviceClasses } = DEFAULT_GPU_NAMES;

  expect(data.gpuResources.trim().split('\n')).toEqual([
    ...resourceNames,
    ...deviceClasses.map(name => `${DEVICE_CLASS_PREFIX}${name}`),
  ]);
});
