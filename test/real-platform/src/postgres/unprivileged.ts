import { userInfo } from 'node:os';
import { run } from '../processes/run';

/** A user that can run PostgreSQL, which root cannot start. */
export interface Unprivileged {
  uid: number;
  gid: number;
  /** Arguments that run a command as this user. */
  prefix: string[];
}

/** Debian's package creates the first; the second always exists. */
const USERS = ['postgres', 'nobody'];

/** Finds the current user or, for root, an unprivileged one. */
export async function unprivileged(): Promise<Unprivileged> {
  const { uid, gid } = userInfo();
  if (uid !== 0) {
    return { uid, gid, prefix: [] };
  }
  for (const user of USERS) {
    const ids = await idsOf(user);
    if (ids) {
      return {
        ...ids,
        prefix: [
          'setpriv',
          `--reuid=${ids.uid}`,
          `--regid=${ids.gid}`,
          '--clear-groups',
        ],
      };
    }
  }
  throw new Error(
    `PostgreSQL cannot run as root, and none of these users exists: ${USERS.join(
      ', ',
    )}.`,
  );
}

async function idsOf(
  user: string,
): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([
      run('id', ['-u', user]),
      run('id', ['-g', user]),
    ]);
    return { uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}
