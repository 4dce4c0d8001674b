import { setTimeout } from 'node:timers/promises';
import { waitUntil } from '@internal/real-platform';
import type { Assertions } from '../Suite';
import type { ForgeUser } from '../targets/ForgeApi';
import {
  PullRequestClient,
  PULLS,
  REPOSITORY,
  type Pull,
} from './PullRequestClient';

interface Review {
  user: { login: string };
  state: string;
  official: boolean;
  dismissed: boolean;
  stale: boolean;
  submitted_at: string;
}

/** Reviews of pull requests. */
export const reviews: Assertions = suite => {
  const pulls = new PullRequestClient(suite);

  suite.assert(
    'the last review of each reviewer counts, and authors cannot approve their own',
    async () => {
      const { number } = await pulls.create('reviewed');
      const review = (user: ForgeUser, event: string, body = '') =>
        pulls.request<{ message: string }>(
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
      const { body } = await pulls.request<Review[]>(
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
  );

  suite.assert(
    'a review changes the update time, a status does not, and lists do not show who merged',
    async () => {
      const older = await pulls.create('older');
      const newer = await pulls.create('newer');
      const first = async () => {
        const { body, headers } = await pulls.request<Pull[]>(
          'portal-bot',
          'GET',
          `${PULLS}?state=all&sort=recentupdate&limit=1`,
        );
        expect(headers.get('etag')).toBeNull();
        return body[0];
      };
      await nextSecond(newer.updated_at);
      await pulls.request(
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

      const { head } = await pulls.read(older.number);
      await nextSecond(reviewed.updated_at);
      await pulls.request(
        'platform-engineer',
        'POST',
        `${REPOSITORY}/statuses/${head.sha}`,
        { state: 'success', context: 'platform-check' },
      );
      expect((await first()).updated_at).toBe(reviewed.updated_at);

      await waitUntil('the merge', async () => {
        const { status } = await pulls.merge(older.number, 'platform-engineer');
        expect(status).toBe(200);
      });
      expect(await first()).toMatchObject({
        number: older.number,
        merged_by: null,
      });
      const merged = await pulls.read(older.number);
      expect(merged.merged_by?.login).toBe('platform-engineer');
    },
  );
};

/** Waits until the forge, whose times are whole seconds, writes a later time than `time`. */
async function nextSecond(time: string): Promise<void> {
  const end = Date.parse(time) + 1000;
  // A timer may fire a little early.
  while (Date.now() <= end) {
    await setTimeout(end + 1 - Date.now());
  }
}
