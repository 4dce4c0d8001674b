import { userInfo } from 'node:os';
import { run } from '../processes/run';

/** Somebody who may run PostgreSQL, which refuses to be started by root. */
export interface Unprivileged {
  uid: number;
  gid: number;
  /** Put before a command, makes it run as this user. */
  prefix: string[];
}

/** Debian's package makes the first; the second is everywhere. */
const USERS = ['postgres', 'nobody'];

/** Ourselves; for root, the user of Debian's package. */
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
    `PostgreSQL does not run as root, and there is none of the users ${USERS.join(
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
