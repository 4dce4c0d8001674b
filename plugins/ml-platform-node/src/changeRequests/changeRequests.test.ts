import type { Forge, PullRequest } from '../forge/Forge';
import { findOpenChangeRequest } from './openChangeRequests';
import {
  parseChangeRequestBranch,
  changeRequestBranch,
  targetsOverlap,
} from './changeRequestBranch';
import { readProvenance } from './provenance';
import {
  formatTrailer,
  parseTrailer,
  type ChangeRequestTrailer,
} from './trailer';

const target = { team: 'app-ml-team', workload: 'fraud-scorer' };
const trailer: ChangeRequestTrailer = {
  id: 'abc',
  template: 'template:default/ml-service',
  ...target,
  requester: 'user:default/a-->b',
  digest: '0f',
  repository: 'https://forge.example.com/acme/platform.git',
  branch: changeRequestBranch('ml-service', target, 2),
  commit: 'c0ffee',
};
const portal = {
  forge: { account: 'portal-bot' },
  repository: { url: trailer.repository, trailerSecret: 'secret' },
};
/** The pull request as the portal opened it. */
const opened = {
  author: 'Portal-Bot',
  body: `Text\n\n${formatTrailer(trailer, 'secret')}`,
  branch: trailer.branch,
  fromFork: false,
  headCommit: trailer.commit,
} as PullRequest;

it('parses the branches that it formats', () => {
  expect(changeRequestBranch('ml-service', target)).toBe(
    'ml-platform/ml-service/app-ml-team/fraud-scorer',
  );
  for (const attempt of [1, 2, 11]) {
    expect(
      parseChangeRequestBranch(
        changeRequestBranch('ml-service', target, attempt),
      ),
    ).toEqual({ template: 'ml-service', ...target });
  }
  const inDev = { ...target, environment: 'dev' };
  expect(changeRequestBranch('set-image', inDev)).toBe(
    'ml-platform/set-image/app-ml-team/fraud-scorer--dev',
  );
  expect(
    parseChangeRequestBranch(changeRequestBranch('set-image', inDev, 2)),
  ).toEqual({ template: 'set-image', ...inDev });
  const run = { ...inDev, run: 'fraud-scorer-7' };
  for (const attempt of [1, 2]) {
    expect(
      parseChangeRequestBranch(
        changeRequestBranch('training-run', run, attempt),
      ),
    ).toEqual({ template: 'training-run', ...run });
  }
  const team = { team: 'app-ml-team' };
  expect(changeRequestBranch('team-namespace', team)).toBe(
    'ml-platform/team-namespace/app-ml-team',
  );
  expect(
    parseChangeRequestBranch(changeRequestBranch('team-namespace', team, 2)),
  ).toEqual({ template: 'team-namespace', ...team });
  expect(parseChangeRequestBranch('main')).toBeUndefined();
  expect(parseChangeRequestBranch('ml-platform/a/b/c/d')).toBeUndefined();
});

it('lets requests for different environments and runs be open at once, and not for the whole workload', () => {
  const dev = { ...target, environment: 'dev' };
  const prod = { ...target, environment: 'prod' };
  expect(targetsOverlap(dev, prod)).toBe(false);
  expect(targetsOverlap(dev, { ...dev })).toBe(true);
  expect(targetsOverlap(target, dev)).toBe(true);
  expect(targetsOverlap(dev, target)).toBe(true);
  expect(targetsOverlap(dev, { ...dev, workload: 'other' })).toBe(false);
  const run = { ...dev, run: 'fraud-scorer-7' };
  expect(targetsOverlap(run, { ...run })).toBe(true);
  expect(targetsOverlap(run, { ...run, run: 'fraud-scorer-8' })).toBe(false);
  expect(targetsOverlap(run, dev)).toBe(false);
  expect(targetsOverlap(run, target)).toBe(true);
  const { team } = target;
  expect(targetsOverlap({ team }, { team })).toBe(true);
  expect(targetsOverlap({ team }, target)).toBe(false);
  expect(targetsOverlap({ team }, { team: 'other' })).toBe(false);
});

it('signs the trailer, and reads only a trailer at the end', () => {
  const signed = formatTrailer(trailer, 'secret');
  expect(signed.match(/-->/g)).toHaveLength(1);
  expect(parseTrailer(`Text\n\n${signed}\n`, 'secret')).toEqual({
    trailer,
    signed: true,
  });
  expect(
    parseTrailer(`Text\r\n${signed.replace(/\n/g, '\r\n')}`, 'secret'),
  ).toMatchObject({ signed: true });
  expect(parseTrailer(signed, 'other')).toMatchObject({ signed: false });
  expect(
    parseTrailer(signed.replace('fraud-scorer', 'fraud-other'), 'secret'),
  ).toMatchObject({ signed: false });
  expect(parseTrailer(formatTrailer(trailer, undefined), 'secret')).toEqual({
    trailer,
    signed: false,
  });
  expect(parseTrailer(signed, undefined)).toMatchObject({ signed: false });
  expect(parseTrailer(`${signed}\nmore`, 'secret')).toBeUndefined();
  expect(parseTrailer('no trailer', 'secret')).toBeUndefined();
});

it.each<[string, Partial<PullRequest>, string | undefined]>([
  ['as the portal opened it', {}, 'verified'],
  ['with another title', { title: 'Better' }, 'verified'],
  ['with a commit pushed onto its branch', { headCommit: 'bad' }, 'changed'],
  ['of a fork with the same branch', { fromFork: true }, 'claimed'],
  ['by hand with the copied body', { branch: 'mine' }, 'claimed'],
  [
    'by hand on another branch of the portal',
    { branch: changeRequestBranch('ml-service', target) },
    'claimed',
  ],
  ["by hand on the portal's branch", { author: 'mallory' }, 'claimed'],
  [
    'with the trailer of another portal',
    { body: formatTrailer(trailer, 'guessed') },
    'claimed',
  ],
  [
    'with the trailer for another repository',
    {
      body: formatTrailer(
        { ...trailer, repository: 'https://forge.example.com/acme/x.git' },
        'secret',
      ),
    },
    'claimed',
  ],
  [
    'with the trailer of another workload',
    { body: formatTrailer({ ...trailer, workload: 'other' }, 'secret') },
    'claimed',
  ],
  [
    'with the trailer of one environment',
    { body: formatTrailer({ ...trailer, environment: 'dev' }, 'secret') },
    'claimed',
  ],
  [
    'with the trailer of one run',
    { body: formatTrailer({ ...trailer, run: 'x-1' }, 'secret') },
    'claimed',
  ],
  ['without its trailer', { body: 'Text' }, undefined],
])('reads the provenance of a pull request %s', (_, changes, expected) => {
  const read = readProvenance({ ...opened, ...changes }, portal);
  expect(read?.provenance).toBe(expected);
});

it('verifies nothing without a secret', () => {
  const repository = { url: trailer.repository };
  expect(readProvenance(opened, { ...portal, repository })).toMatchObject({
    provenance: 'claimed',
  });
});

it('finds the oldest open change request for a workload, and believes its trailer as far as it is signed', async () => {
  const find = (
    pullRequest: Partial<PullRequest>,
    trailerSecret: string | undefined = 'secret',
  ) =>
    findOpenChangeRequest({
      portal: {
        forge: {
          account: 'portal-bot',
          listOpenPullRequests: async () => [
            { ...opened, number: 3, ...pullRequest },
            { ...opened, number: 2, fromFork: true },
            { ...opened, number: 1, branch: 'ml-platform/x/app-ml-team/other' },
          ],
        } as Partial<Forge> as Forge,
        repository: { url: trailer.repository, trailerSecret },
      },
      target,
    });
  const { requester, digest } = trailer;
  await expect(find({})).resolves.toMatchObject({
    pullRequest: { number: 3 },
    requester,
    digest,
  });
  await expect(find({ headCommit: 'bad' })).resolves.toMatchObject({
    requester,
    digest: undefined,
  });
  const unknown = { requester: undefined, digest: undefined };
  const unsigned = { body: formatTrailer(trailer, undefined) };
  await expect(find(unsigned)).resolves.toMatchObject(unknown);
  await expect(find({ body: 'by hand' })).resolves.toMatchObject(unknown);
  await expect(find({ branch: 'mine' })).resolves.toBeUndefined();
});
