/** A commit, with dates such as `2026-11-23T10:00:00Z`. */
export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: { name: string; email: string; date: string };
  committer: { name: string; email: string; date: string };
  /** The complete message with a trailing line break. */
  message: string;
  /** The first line of the message. */
  title: string;
}

/** Format of `git log -z` with one field per line and the message last. */
export const COMMIT_FORMAT = '%H%n%T%n%P%n%an%n%ae%n%aI%n%cn%n%ce%n%cI%n%s%n%B';

/** Parses the output of `git log -z` with {@link COMMIT_FORMAT}. */
export function parseCommits(output: string): Commit[] {
  return output
    .split('\0')
    .filter(Boolean)
    .map(record => {
      const fields = record.split('\n');
      const [
        sha,
        tree,
        parents,
        name,
        email,
        date,
        committer,
        mail,
        committed,
      ] = fields;
      return {
        sha,
        tree,
        parents: parents.split(' ').filter(Boolean),
        author: { name, email, date: utc(date) },
        committer: { name: committer, email: mail, date: utc(committed) },
        title: fields[9],
        message: fields.slice(10).join('\n'),
      };
    });
}

function utc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}
