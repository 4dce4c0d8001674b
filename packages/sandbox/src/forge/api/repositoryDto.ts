import type { Commit } from '../../git/commits';
import type { Account } from '../accounts';
import { findAccount, mayAdminister, mayWrite } from '../accounts';
import type { Forge } from '../Forge';
import { webUrl, apiUrl } from './urls';

const ZERO_TIME = '0001-01-01T00:00:00Z';

/** Gitea's `PayloadCommitVerification` of an unsigned commit. */
const UNSIGNED_VERIFICATION = {
  verified: false,
  reason: 'gpg.error.not_signed_commit',
  signature: '',
  signer: null,
  payload: '',
};

/** Builds Gitea's `User`. */
export function toUser(
  forge: Forge,
  { id, login, fullName, email, access }: Omit<Account, 'token'>,
) {
  return {
    id,
    login,
    login_name: '',
    source_id: 0,
    full_name: fullName,
    email,
    avatar_url: '',
    html_url: `${forge.rootUrl}/${login}`,
    language: '',
    is_admin: access === 'admin',
    last_login: ZERO_TIME,
    created: forge.state.data.createdAt,
    restricted: false,
    active: true,
    prohibit_login: false,
    location: '',
    website: '',
    description: '',
    visibility: 'public',
    followers_count: 0,
    following_count: 0,
    starred_repos_count: 0,
    username: login,
  };
}

/** Builds Gitea's `User` of a login; null for an unknown one. */
export function toUserByLogin(forge: Forge, login: string) {
  const account = findAccount(login);
  return account ? toUser(forge, account) : null;
}

/** Builds Gitea's `Repository` with the permissions of an account. */
export function toRepository(forge: Forge, account: Account) {
  const { createdAt, pulls } = forge.state.data;
  return {
    id: 1,
    owner: toUser(forge, {
      id: 1,
      login: forge.owner,
      fullName: forge.owner,
      email: '',
      access: 'read',
    }),
    name: forge.name,
    full_name: forge.fullName,
    description: 'The platform repository of the sandbox',
    empty: false,
    private: true,
    fork: false,
    template: false,
    mirror: false,
    size: 0,
    language: '',
    languages_url: `${apiUrl(forge)}/languages`,
    html_url: webUrl(forge),
    url: apiUrl(forge),
    link: '',
    ssh_url: '',
    clone_url: `${webUrl(forge)}.git`,
    original_url: '',
    website: '',
    stars_count: 0,
    forks_count: 0,
    watchers_count: 0,
    open_issues_count: 0,
    open_pr_counter: pulls.filter(pull => !pull.closedAt).length,
    release_counter: 0,
    default_branch: forge.branch,
    archived: false,
    created_at: createdAt,
    updated_at: pulls.at(-1)?.updatedAt ?? createdAt,
    archived_at: '1970-01-01T00:00:00Z',
    permissions: {
      admin: mayAdminister(account),
      push: mayWrite(account),
      pull: true,
    },
    has_issues: false,
    has_wiki: false,
    has_pull_requests: true,
    has_projects: false,
    projects_mode: 'all',
    has_releases: false,
    has_packages: false,
    has_actions: false,
    ignore_whitespace_conflicts: false,
    allow_merge_commits: true,
    allow_rebase: false,
    allow_rebase_explicit: false,
    allow_squash_merge: true,
    allow_fast_forward_only_merge: false,
    allow_rebase_update: false,
    allow_manual_merge: false,
    autodetect_manual_merge: false,
    default_delete_branch_after_merge: false,
    default_merge_style: 'merge',
    default_allow_maintainer_edit: false,
    avatar_url: '',
    internal: false,
    mirror_interval: '',
    object_format_name: 'sha1',
    mirror_updated: ZERO_TIME,
    topics: [],
    licenses: [],
  };
}

/** Builds Gitea's `PayloadCommit`, used in branches and webhooks. */
export function toPayloadCommit(forge: Forge, commit: Commit) {
  const person = ({ name, email }: Commit['author']) => ({
    name,
    email,
    username: '',
  });
  return {
    id: commit.sha,
    message: commit.message,
    url: `${webUrl(forge)}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    verification: UNSIGNED_VERIFICATION,
    timestamp: commit.committer.date,
    added: null,
    removed: null,
    modified: null,
  };
}

/** Builds Gitea's `Branch` with the permissions of an account. */
export function toBranch(
  forge: Forge,
  account: Account,
  name: string,
  commit: Commit,
) {
  const isProtected = name === forge.branch;
  const mayChange = isProtected ? mayAdminister(account) : mayWrite(account);
  return {
    name,
    commit: toPayloadCommit(forge, commit),
    protected: isProtected,
    required_approvals: 0,
    enable_status_check: false,
    status_check_contexts: [],
    user_can_push: mayChange,
    user_can_merge: mayChange,
    effective_branch_protection_name: isProtected ? name : '',
  };
}

/** Builds Gitea's `Commit` with the files that changed since the base. */
export async function toCommit(forge: Forge, commit: Commit, base: string) {
  const changes = await forge.repository.changes(base, commit.sha);
  const sum = (key: 'additions' | 'deletions') =>
    changes.reduce((total, change) => total + change[key], 0);
  const meta = (sha: string, created = commit.committer.date) => ({
    url: `${apiUrl(forge)}/git/commits/${sha}`,
    sha,
    created,
  });
  return {
    ...meta(commit.sha),
    html_url: `${webUrl(forge)}/commit/${commit.sha}`,
    commit: {
      url: `${apiUrl(forge)}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: {
        url: `${apiUrl(forge)}/git/trees/${commit.tree}`,
        sha: commit.tree,
        created: commit.committer.date,
      },
      verification: UNSIGNED_VERIFICATION,
    },
    author: null,
    committer: null,
    parents: commit.parents.map(parent => meta(parent, ZERO_TIME)),
    files: changes.map(({ path, status }) => ({
      filename: path,
      status: status === 'changed' ? 'modified' : status,
    })),
    stats: {
      total: sum('additions') + sum('deletions'),
      additions: sum('additions'),
      deletions: sum('deletions'),
    },
  };
}
