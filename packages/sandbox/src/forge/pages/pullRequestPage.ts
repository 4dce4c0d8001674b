import { html, type Html } from '../../http/html';
import { findAccount } from '../accounts';
import { labelsOf } from '../api/pullRequestDto';
import type { Forge } from '../Forge';
import type { PullRequest } from '../ForgeState';
import type { Mergeability } from '../MergeabilityCache';
import { latestStatuses } from '../commitStatuses';
import { renderDiff } from './diff';
import { renderMarkdown } from './markdown';
import { renderCommits, renderTime } from './fragments';
import { encodePath, webUrl } from '../api/urls';

/** Renders a pull request with its checks, reviews and changes, and the buttons to review, merge or close it. */
export async function renderPullRequest(
  forge: Forge,
  pull: PullRequest,
): Promise<Html> {
  const { repository, state } = forge;
  const mergeability = await forge.pullRequests.mergeability(pull);
  const { mergeBase, headCommit } = mergeability;
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
    ${renderReviews(forge, pull, mergeability)}
    ${renderDecision(forge, pull, mergeability)}
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

/** Renders the state of a pull request as a badge. */
export function renderState(pull: PullRequest): Html {
  if (pull.merged) {
    return html`<span class="state merged">Merged</span>`;
  }
  return pull.closedAt
    ? html`<span class="state closed">Closed</span>`
    : html`<span class="state">Open</span>`;
}

const REVIEW_TEXTS = {
  APPROVED: 'approved this',
  REQUEST_CHANGES: 'requested changes',
  COMMENT: 'commented',
};

function renderReviews(
  { state }: Forge,
  { number }: PullRequest,
  { headCommit }: Mergeability,
): Html {
  const reviews = state.data.reviews.filter(({ pull }) => pull === number);
  return html`${reviews.length > 0 && html`<h2>Reviews</h2>`}
    <ul class="list" ${reviews.length === 0 && html`hidden`}>
      ${reviews.map(
        review => html`<li>
          <strong>${findAccount(review.reviewer)?.fullName}</strong>
          ${REVIEW_TEXTS[review.state]}
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
  pull: PullRequest,
  mergeability: Mergeability,
): Html {
  if (pull.merged) {
    const { by, at, commit } = pull.merged;
    return html`<section class="box" aria-label="Decision">
      <p>
        <strong>${findAccount(by)?.fullName}</strong> merged this as
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
    ${mergeability.mergedTree
      ? html`<p class="success">
            This pull request can be merged without conflicts.
          </p>
          <form method="post" action="${action}/merge">
            <input
              type="hidden"
              name="head"
              value="${mergeability.headCommit}"
            />
            <label
              >Merge method:
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
          merged. The author must update it, or submit the change request again.
        </p>`}
    <form method="post" action="${action}/close">
      <button>Close without merging</button>
    </form>
  </section>`;
}
