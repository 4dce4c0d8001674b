import { html, type Html } from '../../http/html';
import { accountOf } from '../accounts';
import { encodePath, webUrl } from '../api/shapes';
import { labelsOf } from '../api/pullShapes';
import type { Forge } from '../Forge';
import type { Pull } from '../ForgeState';
import type { PullStanding } from '../PullStandings';
import { latestStatuses } from '../statuses';
import { renderDiff } from './diff';
import { renderMarkdown } from './markdown';
import { renderCommits, renderTime } from './parts';

/** What a person needs to decide about a pull request, and the buttons to do it. */
export async function renderPull(forge: Forge, pull: Pull): Promise<Html> {
  const { repository, state } = forge;
  const standing = await forge.pulls.standing(pull);
  const { mergeBase, headCommit } = standing;
  const [commits, changes, diff] = await Promise.all([
    repository.log({ from: headCommit, excluding: mergeBase }),
    repository.changes(mergeBase, headCommit),
    repository.diff(mergeBase, headCommit),
  ]);
  const statuses = latestStatuses(state, headCommit);
  const comments = state.data.comments.filter(
    comment => comment.pull === pull.number,
  );
  return html`
    <h1>${pull.title} <span class="number">#${pull.number}</span></h1>
    <p>
      ${renderState(pull)} <strong>${pull.poster}</strong> wants to merge
      ${commits.length} ${commits.length === 1 ? 'commit' : 'commits'} into
      <code>${pull.base}</code> from <code>${pull.head}</code> ${labelsOf(
        forge,
        pull,
      ).map(label => html`<span class="label">${label.name}</span> `)}
      <br /><span class="muted">Opened ${renderTime(pull.createdAt)}</span>
    </p>
    <section class="box" aria-label="Description">
      ${pull.body
        ? renderMarkdown(pull.body)
        : html`<p class="muted">No description.</p>`}
    </section>
    ${comments.map(
      comment => html`<section
        class="box"
        id="issuecomment-${comment.id}"
        aria-label="Comment"
      >
        <p class="muted">
          <strong>${comment.poster}</strong>, ${renderTime(comment.createdAt)}
        </p>
        ${renderMarkdown(comment.body)}
      </section>`,
    )}
    <h2>Checks</h2>
    ${statuses.length === 0
      ? html`<p class="muted">No check has reported on this commit.</p>`
      : html`<ul class="list">
          ${statuses.map(
            status => html`<li>
              <strong class="${status.state}">${status.state}</strong>
              ${status.context}
              <small>${status.description}</small>
            </li>`,
          )}
        </ul>`}
    ${renderReviews(forge, pull, standing)}
    ${renderDecision(forge, pull, standing)}
    <h2>Commits</h2>
    ${renderCommits(forge, commits)}
    <h2>
      Files changed: ${changes.length}
      <span class="added-count"
        >+${changes.reduce((sum, change) => sum + change.additions, 0)}</span
      >
      <span class="removed-count"
        >−${changes.reduce((sum, change) => sum + change.deletions, 0)}</span
      >
    </h2>
    ${renderDiff(diff, changes)}
  `;
}

/** Open, merged or closed, as a badge. */
export function renderState(pull: Pull): Html {
  if (pull.merged) {
    return html`<span class="state merged">Merged</span>`;
  }
  return pull.closedAt
    ? html`<span class="state closed">Closed</span>`
    : html`<span class="state">Open</span>`;
}

const reviewWords = {
  APPROVED: 'approved this',
  REQUEST_CHANGES: 'asked for changes',
  COMMENT: 'commented',
};

function renderReviews(
  { state }: Forge,
  { number }: Pull,
  { headCommit }: PullStanding,
): Html {
  const reviews = state.data.reviews.filter(({ pull }) => pull === number);
  return html`${reviews.length > 0 && html`<h2>Reviews</h2>`}
    <ul class="list" ${reviews.length === 0 && html`hidden`}>
      ${reviews.map(
        review => html`<li>
          <strong>${accountOf(review.reviewer)?.fullName}</strong>
          ${reviewWords[review.state]}
          <small
            >${renderTime(review.createdAt)}
            ${review.commit !== headCommit && 'before the last push'}
            ${review.body}</small
          >
        </li>`,
      )}
    </ul>`;
}

function renderDecision(
  forge: Forge,
  pull: Pull,
  standing: PullStanding,
): Html {
  if (pull.merged) {
    const { by, at, commit } = pull.merged;
    return html`<section class="box" aria-label="Decision">
      <p>
        <strong>${accountOf(by)?.fullName}</strong> merged this as
        <a href="${webUrl(forge)}/commit/${commit}"
          ><code>${commit.slice(0, 10)}</code></a
        >, ${renderTime(at)}.
      </p>
    </section>`;
  }
  if (pull.closedAt) {
    return html`<section class="box" aria-label="Decision">
      <p>Closed without merging, ${renderTime(pull.closedAt)}.</p>
    </section>`;
  }
  const action = `/${encodePath(forge.fullName)}/pulls/${pull.number}`;
  return html`<section class="box" aria-label="Decision">
    ${standing.mergedTree
      ? html`<p class="success">
            This pull request can be merged without conflicts.
          </p>
          <form method="post" action="${action}/merge">
            <input type="hidden" name="head" value="${standing.headCommit}" />
            <label
              >How:
              <select name="style">
                <option value="merge">with a merge commit</option>
                <option value="squash">squashed into one commit</option>
              </select></label
            >
            <label
              ><input type="checkbox" name="deleteBranch" value="yes" checked />
              Delete the branch afterwards</label
            >
            <button class="primary">Merge pull request</button>
          </form>
          <form method="post" action="${action}/approve">
            <button>Approve</button>
          </form>`
      : html`<p class="failure">
          This branch has conflicts with <code>${pull.base}</code> and cannot be
          merged. Its author has to bring it up to date, or make the request
          again.
        </p>`}
    <form method="post" action="${action}/close">
      <button>Close without merging</button>
    </form>
  </section>`;
}
