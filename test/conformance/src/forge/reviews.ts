import type { Assertions } from '../Suite';
import { poll } from '../poll';
import type { ForgeUser } from '../targets/ForgeApi';

const PULLS = '/repos/acme/platform/pulls';

interface Pull {
  number: number;
  updated_at: string;
  merged_by: { login: string } | null;
}

interface Review {
  user: { login: string };
  state: string;
  official: boolean;
  dismissed: boolean;
  stale: boolean;
  submitted_at: string;
}

/** Who approved what, and how the portal notices. */
export const reviews: Assertions = suite => {
  const request = <T = unknown>(
    user: ForgeUser,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ) => suite.target.forge.request<T>(user, method, path, body);
  const opened = async (branch: string) => {
    await suite.target.repository.branch(branch, {
      [`infra/${branch}.md`]: `${branch}\n`,
    });
    const { body } = await request<Pull>('portal-bot', 'POST', PULLS, {
      title: `Add ${branch}`,
      body: '',
      head: branch,
      base: 'main',
    });
    return body;
  };

  suite.assert(
    'of one reviewer the last decision counts, and nobody decides on their own',
    async () => {
      const { number } = await opened('reviewed');
      const review = (user: ForgeUser, event: string, body = '') =>
        request<{ message: string }>(
          user,
          'POST',
          `${PULLS}/${number}/reviews`,
          {
            event,
            body,
          },
        );
      const own = await review('portal-bot', 'APPROVED');
      expect(own).toMatchObject({
        status: 422,
        body: { message: 'approve your own pull is not allowed' },
      });
      const wordless = await review('platform-engineer', 'REQUEST_CHANGES');
      expect(wordless).toMatchObject({
        status: 422,
        body: { message: 'review event REQUEST_CHANGES requires a body' },
      });
      await review('platform-engineer', 'REQUEST_CHANGES', 'Fewer.');
      await review('argocd', 'APPROVED');
      await review('platform-engineer', 'APPROVED');
      const { body } = await request<Review[]>(
        'portal-bot',
        'GET',
        `${PULLS}/${number}/reviews`,
      );
      expect(
        body.map(({ user, state, official, dismissed, stale }) => [
          user.login,
          state,
          { official, dismissed, stale },
        ]),
      ).toEqual([
        [
          'platform-engineer',
          'REQUEST_CHANGES',
          { official: false, dismissed: true, stale: false },
        ],
        [
          'argocd',
          'APPROVED',
          { official: false, dismissed: false, stale: false },
        ],
        [
          'platform-engineer',
          'APPROVED',
          { official: true, dismissed: false, stale: false },
        ],
      ]);
    },
    60,
  );

  suite.assert(
    'a review moves the time of the last change, a status does not, and lists do not say who merged',
    async () => {
      const older = await opened('older');
      await opened('newer');
      const first = async () => {
        const { body, headers } = await request<Pull[]>(
          'portal-bot',
          'GET',
          `${PULLS}?state=all&sort=recentupdate&limit=1`,
        );
        expect(headers.get('etag')).toBeNull();
        return body[0];
      };
      // Times are whole seconds.
      await new Promise(done => setTimeout(done, 1_100));
      await request(
        'platform-engineer',
        'POST',
        `${PULLS}/${older.number}/reviews`,
        {
          event: 'APPROVED',
        },
      );
      const reviewed = await first();
      expect(reviewed.number).toBe(older.number);
      expect(reviewed.updated_at > older.updated_at).toBe(true);

      const { body: pull } = await request<{ head: { sha: string } }>(
        'portal-bot',
        'GET',
        `${PULLS}/${older.number}`,
      );
      await new Promise(done => setTimeout(done, 1_100));
      await request(
        'platform-engineer',
        'POST',
        `/repos/acme/platform/statuses/${pull.head.sha}`,
        { state: 'success', context: 'platform-check' },
      );
      expect((await first()).updated_at).toBe(reviewed.updated_at);

      await poll('the merge', 30, async () => {
        const { status } = await request(
          'platform-engineer',
          'POST',
          `${PULLS}/${older.number}/merge`,
          { Do: 'merge' },
        );
        return status === 200 || undefined;
      });
      expect(await first()).toMatchObject({
        number: older.number,
        merged_by: null,
      });
      const { body: merged } = await request<Pull>(
        'portal-bot',
        'GET',
        `${PULLS}/${older.number}`,
      );
      expect(merged.merged_by?.login).toBe('platform-engineer');
    },
    60,
  );
};
