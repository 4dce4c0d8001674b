import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Report } from '../Report';
import { COMMENT_MARK, markdownReport } from './markdownReport';
import { postComment } from './postComment';
import { terminalReport } from './terminalReport';

const report: Report = {
  destructive: [],
  changedFiles: ['a', 'b'],
  owners: ['app-ml-team', 'platform'],
  affected: 1,
  sections: [
    {
      title: 'app-ml-team/scorer',
      checks: [
        {
          id: 'policies',
          title: 'The policies allow it',
          status: 'failed',
          messages: [
            {
              path: 'overlays/dev',
              text: 'Deployment <img src=x> @everyone [x](https://evil.example): set `limits`.\nAnd so on.',
            },
          ],
        },
      ],
    },
    {
      title: 'The change',
      checks: [
        { id: 'links', title: 'No links', status: 'passed', messages: [] },
        {
          id: 'in-cluster',
          title: 'In the cluster',
          status: 'cluster-only',
          messages: [{ text: 'Namespace x: later' }],
        },
      ],
    },
  ],
};

describe('the report', () => {
  it('ends with failures in a terminal', () => {
    expect(terminalReport(report)).toBe(`= The change
  ok     No links
  later  In the cluster
         | Namespace x: later

= app-ml-team/scorer
  FAILED The policies allow it
         | overlays/dev
         |   Deployment <img src=x> @everyone [x](https://evil.example): set \`limits\`.
         |   And so on.

1 problem to fix: 2 changed files, 1 workload or part of the platform checked. To be approved by app-ml-team, platform.`);
  });

  it('begins with destructive changes', () => {
    const destructive = {
      ...report,
      destructive: [
        {
          code: 'volume-lost' as const,
          path: 'overlays/prod',
          text: 'PersistentVolumeClaim data: is deleted.',
          environments: ['prod'],
          approvers: ['app-ml-team', 'platform'],
        },
      ],
    };
    expect(terminalReport(destructive)).toContain(
      `= This change destroys something, or weakens a guard
         | overlays/prod
         |   PersistentVolumeClaim data: is deleted. (prod) To be agreed by app-ml-team and platform.

= The change`,
    );
    expect(markdownReport(destructive)).toContain(
      `#### This change destroys something, or weakens a guard

- \`overlays/prod\`: PersistentVolumeClaim data: is deleted. \\(prod\\) To be agreed by app-ml-team and platform.

#### app-ml-team/scorer`,
    );
  });

  it('begins with failures in a comment, and escapes text from manifests', () => {
    const comment = markdownReport(report);
    expect(
      comment.startsWith(
        `${COMMENT_MARK}\n### Platform check failed\n\n1 problem to fix`,
      ),
    ).toBe(true);
    expect(comment).toContain(
      '- `overlays/dev`: Deployment \\<img src=x\\> @\u200beveryone \\[x\\]\\(https://evil.example\\): set \\`limits\\`. And so on.',
    );
    expect(comment.indexOf('policies allow')).toBeLessThan(
      comment.indexOf('No links'),
    );
    expect(comment).toContain(
      '- The change: In the cluster (in the cluster only)\n  - Namespace x: later',
    );
  });

  it('contains no commands for terminals or pipelines', () => {
    const [section] = report.sections;
    const text = 'first\n::add-mask::x\n  ##[error]x \u001b[2J\r::stop';
    const hostile = {
      ...report,
      sections: [
        {
          title: '::set-env name=a::b',
          checks: [
            { ...section.checks[0], messages: [{ path: 'a\n::x', text }] },
          ],
        },
      ],
    };
    for (const line of terminalReport(hostile).split('\n')) {
      expect(line).not.toMatch(/^\s*(::|##)/);
      expect(line).not.toMatch(/\p{Cc}/u);
    }
    expect(markdownReport(hostile)).toContain('`a ::x`');
  });

  it('reports that there is nothing to check', () => {
    const nothing = { ...report, changedFiles: [], sections: [] };
    expect(terminalReport(nothing)).toBe('Nothing changed.');
    expect(markdownReport(nothing)).toContain('### Platform check passed');
  });
});

describe('the comment', () => {
  it('is created once, and updated afterwards; that of a person is left alone', async () => {
    const forged = `${COMMENT_MARK}\n### Platform check passed`;
    const comments = [{ id: 1, body: forged, user: { login: 'mallory' } }];
    const server = createServer(async (request, response) => {
      const chunks = await request.toArray();
      const { method, url, headers } = request;
      expect(headers.authorization).toBe('token secret');
      if (
        method === 'POST' &&
        url === '/repos/acme/platform/issues/7/comments'
      ) {
        comments.push({
          id: 2,
          body: JSON.parse(Buffer.concat(chunks).toString()).body,
          user: { login: 'github-actions[bot]' },
        });
      } else if (
        method === 'PATCH' &&
        url === '/repos/acme/platform/issues/comments/2'
      ) {
        comments[1].body = JSON.parse(Buffer.concat(chunks).toString()).body;
      } else if (method !== 'GET') {
        response.statusCode = 403;
      }
      response.end(JSON.stringify(comments));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const environment = {
      NODE_ENV: 'test' as const,
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: 'acme/platform',
      GITHUB_TOKEN: 'secret',
    };
    await postComment(7, `${COMMENT_MARK} first`, environment);
    await postComment(7, `${COMMENT_MARK} second`, environment);
    expect(comments.map(({ body }) => body)).toEqual([
      forged,
      `${COMMENT_MARK} second`,
    ]);
    await expect(postComment(8, 'x', environment)).resolves.toBeUndefined();
    await new Promise(resolve => server.close(resolve));
  });
});
