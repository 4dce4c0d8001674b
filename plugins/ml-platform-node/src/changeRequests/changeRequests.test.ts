import type { Forge, PullRequest } from '../forge/Forge';
import { findOpenChangeRequest } from './openChangeRequests';
import {
  parseChangeRequestBranch,
  changeRequestBranch,
} from './changeRequestBranch';
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
};

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
  expect(parseChangeRequestBranch('main')).toBeUndefined();
  expect(parseChangeRequestBranch('ml-platform/a/b/c/d')).toBeUndefined();
});

it('signs the trailer, and reads only a trailer at the end', () => {
  const signed = formatTrailer(trailer, 'secret');
  expect(signed.match(/-->/g)).toHaveLength(1);
  expect(parseTrailer(`Text\n\n${signed}\n`, 'secret')).toEqual({
    trailer,
    verified: true,
  });
  expect(
    parseTrailer(`Text\r\n${signed.replace(/\n/g, '\r\n')}`, 'secret'),
  ).toMatchObject({ verified: true });
  expect(parseTrailer(signed, 'other')).toMatchObject({ verified: false });
  expect(
    parseTrailer(signed.replace('fraud-scorer', 'fraud-other'), 'secret'),
  ).toMatchObject({ verified: false });
  expect(parseTrailer(formatTrailer(trailer, undefined), 'secret')).toEqual({
    trailer,
    verified: false,
  });
  expect(parseTrailer(signed, undefined)).toMatchObject({ verified: false });
  expect(parseTrailer(`${signed}\nmore`, 'secret')).toBeUndefined();
  expect(parseTrailer('no trailer', 'secret')).toBeUndefined();
});

it('finds the open change request for a workload, and ignores trailers that the portal did not sign', async () => {
  function forge(body: string): Forge {
    const branch = changeRequestBranch('other-template', target, 2);
    const pullRequests = [
      { branch: 'ml-platform/ml-service/app-ml-team/other', body: '' },
      { branch, body },
    ] as PullRequest[];
    return {
      listOpenPullRequests: async () => pullRequests,
    } as Partial<Forge> as Forge;
  }
  const find = (body: string, trailerSecret: string | undefined) =>
    findOpenChangeRequest({ forge: forge(body), target, trailerSecret });

  const signed = formatTrailer(trailer, 'secret');
  const copied = formatTrailer({ ...trailer, workload: 'other' }, 'secret');
  const unsigned = formatTrailer(trailer, undefined);
  const known = { requester: trailer.requester, digest: trailer.digest };
  const unknown = { requester: undefined, digest: undefined };
  await expect(find(signed, 'secret')).resolves.toMatchObject(known);
  await expect(find(unsigned, undefined)).resolves.toMatchObject(known);
  await expect(find(unsigned, 'secret')).resolves.toMatchObject(unknown);
  await expect(find(copied, 'secret')).resolves.toMatchObject(unknown);
  await expect(find('by hand', 'secret')).resolves.toMatchObject(unknown);
  await expect(
    findOpenChangeRequest({
      forge: forge(''),
      target: { ...target, workload: 'free' },
      trailerSecret: undefined,
    }),
  ).resolves.toBeUndefined();
});
