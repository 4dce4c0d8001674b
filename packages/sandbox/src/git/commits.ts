/** One commit, with dates in UTC, as `2026-11-23T10:00:00Z`. */
export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: { name: string; email: string; date: string };
  committer: { name: string; email: string; date: string };
  /** The whole message, with a line break at its end. */
  message: string;
  /** The message's first line. */
  title: string;
}

/** For `git log -z`; fields are separated by line breaks, the message comes last. */
export const COMMIT_FORMAT = '%H%n%T%n%P%n%an%n%ae%n%aI%n%cn%n%ce%n%cI%n%s%n%B';

/** Parses what `git log -z` writes with {@link COMMIT_FORMAT}. */
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
