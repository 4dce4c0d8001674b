import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { repositoryCredentials } from '../platformRepository';
import { createForge } from './createForge';

const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [
          {
            host: 'gitea.example.com',
            baseUrl: 'https://gitea.example.com/git/',
            password: 'secret-token',
          },
        ],
        github: [{ host: 'github.com', token: 'secret-token' }],
        gitlab: [{ host: 'gitlab.com', token: 'secret-token' }],
        azure: [{ host: 'dev.azure.com' }],
      },
    },
  }),
);
const forgeOf = (url: string) => createForge({ url }, integrations);

const forges = [
  {
    name: 'Gitea',
    url: 'https://gitea.example.com/git/acme/platform.git',
    pulls: 'https://gitea.example.com/git/api/v1/repos/acme/platform/pulls',
    authorization: 'token secret-token',
    login: 'ml-platform-portal',
  },
  {
    name: 'GitHub',
    url: 'https://github.com/acme/platform.git',
    pulls: 'https://api.github.com/repos/acme/platform/pulls',
    authorization: 'Bearer secret-token',
    login: 'x-access-token',
  },
  {
    name: 'GitLab',
    url: 'https://gitlab.com/acme/group/platform.git',
    pulls:
      'https://gitlab.com/api/v4/projects/acme%2Fgroup%2Fplatform/merge_requests',
    authorization: 'Bearer secret-token',
    login: 'oauth2',
  },
];
const request = {
  branch: 'x',
  baseBranch: 'main',
  title: 'x',
  body: '',
  labels: [],
};
const json = (status: number, headers = {}) =>
  HttpResponse.json({ message: 'no' }, { status, headers });

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe.each(forges)('$name in trouble', forge => {
  const caught = async (action: () => Promise<unknown>): Promise<Error> => {
    const error = await action().then(
      () => new Error('It succeeded'),
      (problem: Error) => problem,
    );
    expect(error.message).not.toMatch(/example\.com|github|gitlab|secret/);
    return error;
  };

  it.each([
    [json(401), 'refuses the account'],
    [json(403), 'refuses the account'],
    [json(404), 'does not have'],
    [json(500), 'HTTP 500'],
    [json(502), 'HTTP 502'],
    [HttpResponse.text('<html>'), 'unexpected response'],
    [HttpResponse.json([{ number: 'x' }]), 'unexpected response'],
    [HttpResponse.error(), 'cannot be reached'],
    [
      HttpResponse.text('', {
        status: 302,
        headers: { Location: 'https://elsewhere.example.com' },
      }),
      'cannot be reached',
    ],
    [json(429, { 'Retry-After': '900' }), 'try again in 15 minutes'],
    [json(429), 'try again in 1 minute.'],
    // Longer than any limit of a forge.
    [json(503, { 'Retry-After': '99999999' }), 'try again in 60 minutes'],
  ])('says so, without hosts (%#)', async (response, words) => {
    server.use(http.get(forge.pulls, () => response.clone()));
    const error = await caught(() => forgeOf(forge.url).listOpenPullRequests());
    expect(error.message).toContain(words);
  });

  it.each([
    [json(409), 'ConflictError', 'already open'],
    [json(422), 'ServiceUnavailableError', 'HTTP 422'],
    [HttpResponse.error(), 'ServiceUnavailableError', 'the portal finds it'],
  ])('says so when it writes (%#)', async (response, name, words) => {
    const isOther = forge.name === 'GitHub' && name === 'ConflictError';
    server.use(
      http.post(forge.pulls, () =>
        isOther
          ? HttpResponse.json(
              {
                message: 'Validation Failed',
                errors: [
                  { message: 'A pull request already exists for acme:x.' },
                ],
              },
              { status: 422 },
            )
          : response.clone(),
      ),
      http.get(/\/labels/, () => HttpResponse.json([])),
    );
    const error = await caught(() =>
      forgeOf(forge.url).openPullRequest(request),
    );
    expect(error).toMatchObject({ name });
    expect(error.message).toContain(words);
  });

  it('waits as briefly as the forge asks, and sends the credentials', async () => {
    const seen: Array<string | null> = [];
    server.use(
      http.get(forge.pulls, ({ request: { headers } }) => {
        seen.push(headers.get('authorization'));
        return seen.length === 1
          ? json(429, { 'Retry-After': '1' })
          : HttpResponse.json([]);
      }),
    );
    expect(await forgeOf(forge.url).listOpenPullRequests()).toEqual([]);
    expect(seen).toEqual([forge.authorization, forge.authorization]);
  });

  it('asks no more while it is limited', async () => {
    let requests = 0;
    server.use(
      http.get(forge.pulls, () => {
        requests += 1;
        return json(403, {
          'X-RateLimit-Remaining': '0',
          'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1_000) + 600),
        });
      }),
    );
    const client = forgeOf(forge.url);
    for (let time = 0; time < 3; time += 1) {
      const error = await caught(() => client.listOpenPullRequests());
      expect(error.message).toMatch(/try again in (10|11) minutes/);
    }
    expect(requests).toBe(1);
  });

  it('repeats an answer that did not change', async () => {
    const asked: Array<string | null> = [];
    server.use(
      http.get(forge.pulls, ({ request: { headers } }) => {
        asked.push(headers.get('if-none-match'));
        return asked.length === 1
          ? HttpResponse.json([], { headers: { ETag: '"1"' } })
          : new HttpResponse(null, { status: 304 });
      }),
    );
    const client = forgeOf(forge.url);
    expect(await client.listOpenPullRequests()).toEqual([]);
    expect(await client.listOpenPullRequests()).toEqual([]);
    expect(asked).toEqual([null, '"1"']);
  });

  it('gives Git the credentials of the portal', async () => {
    expect(await repositoryCredentials(forge.url, integrations)()).toEqual({
      username: forge.login,
      password: 'secret-token',
    });
  });
});

it.each([
  ['https://dev.azure.com/acme/_git/platform', 'Gitea, GitHub and GitLab'],
  ['https://unknown.example.com/a/b.git', 'has no entry in `integrations`'],
  ['https://gitea.example.com/acme/platform.git', 'baseUrl'],
  ['https://gitea.example.com/git/acme', 'baseUrl'],
  ['https://github.com/acme', '<owner>/<repository>'],
  ['https://github.com/acme/platform/tree/main', '<owner>/<repository>'],
  ['https://gitlab.com/platform.git', '<group>/<project>'],
])('refuses the repository URL %s', (url, words) => {
  expect(() => forgeOf(url)).toThrow(words);
});
