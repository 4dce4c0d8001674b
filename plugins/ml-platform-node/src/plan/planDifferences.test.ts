import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { planDifferences } from './planDifferences';

const plan = readFileSync(
  resolve(__dirname, '../../../../infra/platform.yaml'),
  'utf8',
);
const environments = [
  { name: 'dev', cluster: 'shared', namespaceSuffix: '-dev' },
  { name: 'staging', cluster: 'shared', namespaceSuffix: '-staging' },
  { name: 'uat', cluster: 'shared', namespaceSuffix: '-uat' },
  { name: 'prod', cluster: 'shared', namespaceSuffix: '' },
];
const repository = {
  url: 'https://git.example.com/acme/platform.git',
  branch: 'main',
  rootDirectory: 'infra',
  pollSeconds: 10,
};

it('finds no difference in what says the same', () => {
  expect(planDifferences(plan, { environments, repository })).toEqual([]);
  const url = 'https://GIT.example.com/acme/platform/';
  expect(
    planDifferences(plan, { environments, repository: { ...repository, url } }),
  ).toEqual([]);
});

it('names environments that are missing, added or elsewhere', () => {
  const [dev, staging, , prod] = environments;
  expect(
    planDifferences(plan, {
      environments: [
        { ...dev, namespaceSuffix: '-development' },
        staging,
        { ...prod, cluster: 'production' },
        { ...prod, name: 'qa' },
      ],
      repository,
    }),
  ).toEqual([
    'mlPlatform.environments has "qa", which is not in infra/platform.yaml.',
    'mlPlatform.environments: "dev" has the namespaceSuffix "-development"; in infra/platform.yaml it is "-dev".',
    'mlPlatform.environments lacks "uat" of infra/platform.yaml.',
    'mlPlatform.environments: "prod" is on the cluster "production"; in infra/platform.yaml it is on "shared".',
  ]);
});

it('compares clusters and branch with the own repository only', () => {
  const elsewhere = environments.map(each => ({ ...each, cluster: 'kind' }));
  expect(
    planDifferences(plan, {
      environments: elsewhere,
      repository: {
        ...repository,
        url: 'http://127.0.0.1:7020/acme/platform.git',
        branch: 'x',
      },
    }),
  ).toEqual([]);
  expect(
    planDifferences(plan, {
      environments,
      repository: { ...repository, branch: 'next' },
    }),
  ).toEqual([
    'mlPlatform.repository.branch is "next"; in infra/platform.yaml it is "main".',
  ]);
});

it('says nothing about a plan that is not valid', () => {
  expect(planDifferences('environments: 1', { environments, repository })).toBe(
    undefined,
  );
});
