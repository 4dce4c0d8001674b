import type { FileChange } from '../../git/parseChanges';
import { html, type Html } from '../../http/html';

/** Number of lines from which the diff of a file is collapsed. */
const FOLDED_DIFF_LINES = 600;

/** Renders a unified diff as one table per file. `changes` are those of the same commits. */
export function renderDiff(diff: string, changes: FileChange[]): Html {
  const files = diff.split(/^(?=diff --git )/m).filter(Boolean);
  return html`${changes.map((change, index) => {
    const lines = (files[index] ?? '').replace(/\n$/, '').split('\n');
    const firstHunk = lines.findIndex(line => line.startsWith('@@'));
    const hunks = firstHunk < 0 ? [] : lines.slice(firstHunk);
    return html`<details
      class="file"
      ${hunks.length <= FOLDED_DIFF_LINES && html`open`}
    >
      <summary>
        <code
          >${change.previousPath &&
          `${change.previousPath} → `}${change.path}</code
        >
        ${change.status} <span class="added-count">+${change.additions}</span>
        <span class="removed-count">−${change.deletions}</span>
      </summary>
      <div
        class="scroll"
        tabindex="0"
        role="region"
        aria-label="Changes of ${change.path}"
      >
        ${hunks.length > 0
          ? html`<table class="code">
              ${renderHunks(hunks)}
            </table>`
          : html`<p class="box">
              No lines to show: the file is empty or binary, or only its name or
              mode changed.
            </p>`}
      </div>
    </details>`;
  })}`;
}

const LINE_CLASSES: Record<string, string> = {
  '+': 'added',
  '-': 'removed',
  '@': 'hunk',
};

function renderHunks(lines: string[]): Html[] {
  let before = 0;
  let after = 0;
  return lines.map(line => {
    const kind = LINE_CLASSES[line[0]] ?? 'same';
    if (kind === 'hunk') {
      const [, oldStart, newStart] = /^@@ -(\d+)\S* \+(\d+)/.exec(line) ?? [];
      [before, after] = [Number(oldStart), Number(newStart)];
    }
    const counts = kind !== 'hunk' && !line.startsWith('\\');
    const oldNumber = counts && kind !== 'added' && before++;
    const newNumber = counts && kind !== 'removed' && after++;
    return html`<tr class="${kind}">
      <td class="line">${oldNumber}</td>
      <td class="line">${newNumber}</td>
      <td>${line}</td>
    </tr>`;
  });
}
