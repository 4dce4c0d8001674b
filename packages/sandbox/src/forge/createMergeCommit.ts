import type { BareRepository, Signature } from '../git/BareRepository';
import { findAccount, type Account } from './accounts';
import type { PullRequest } from './ForgeState';
import type { Mergeability } from './MergeabilityCache';

export type MergeStyle = 'merge' | 'squash';

/** Creates the commit of a merge with the message, author and parents that Gitea uses. */
export async function createMergeCommit(options: {
  repository: BareRepository;
  pull: PullRequest;
  mergeability: Mergeability;
  tree: string;
  by: Account;
  style: MergeStyle;
  message?: string;
}): Promise<string> {
  const { repository, pull, mergeability, tree, by, style } = options;
  const committer = signatureOf(by);
  if (style === 'merge') {
    const message =
      options.message ||
      `Merge pull request '${pull.title}' (#${pull.number}) from ${pull.head} into ${pull.base}`;
    const parents = [mergeability.baseCommit, mergeability.headCommit];
    return repository.commitTree({
      tree,
      parents,
      message: `${message}\n`,
      author: committer,
      committer,
    });
  }
  const author = signatureOf(findAccount(pull.poster)!);
  let message = options.message || `${pull.title} (#${pull.number})`;
  if (author.email !== committer.email) {
    const name = `${author.name} <${author.email}>`;
    message += `\n\nCo-authored-by: ${name}\nCo-committed-by: ${name}`;
  }
  return repository.commitTree({
    tree,
    parents: [mergeability.baseCommit],
    message: `${message}\n`,
    author,
    committer,
  });
}

function signatureOf(account: Account): Signature {
  return { name: account.fullName, email: account.email };
}
