import type { BareRepository, Signature } from '../git/BareRepository';
import { accountOf, type Account } from './accounts';
import type { Pull } from './ForgeState';
import type { PullStanding } from './PullStandings';

export type MergeStyle = 'merge' | 'squash';

/** Makes the commit that a merge puts on the base branch, with Gitea's message, author and parents. */
export async function mergeCommit(options: {
  repository: BareRepository;
  pull: Pull;
  standing: PullStanding;
  tree: string;
  by: Account;
  style: MergeStyle;
  message?: string;
}): Promise<string> {
  const { repository, pull, standing, tree, by, style } = options;
  const committer = signatureOf(by);
  if (style === 'merge') {
    const message =
      options.message ||
      `Merge pull request '${pull.title}' (#${pull.number}) from ${pull.head} into ${pull.base}`;
    const parents = [standing.baseCommit, standing.headCommit];
    return repository.commitTree({
      tree,
      parents,
      message: `${message}\n`,
      author: committer,
      committer,
    });
  }
  const author = signatureOf(accountOf(pull.poster)!);
  let message = options.message || `${pull.title} (#${pull.number})`;
  if (author.email !== committer.email) {
    const name = `${author.name} <${author.email}>`;
    message += `\n\nCo-authored-by: ${name}\nCo-committed-by: ${name}`;
  }
  return repository.commitTree({
    tree,
    parents: [standing.baseCommit],
    message: `${message}\n`,
    author,
    committer,
  });
}

function signatureOf(account: Account): Signature {
  return { name: account.fullName, email: account.email };
}
