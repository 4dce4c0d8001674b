import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { Router, type Request, type Response } from 'express';
import type { BareRepository } from '../git/BareRepository';
import { gitEnvironment, runGit } from '../git/runGit';
import type { SandboxLogger } from '../logger';
import {
  authenticate,
  mayAdminister,
  mayWrite,
  type Account,
} from './accounts';
import type { PushEvent } from './events';

/**
 * Git hooks, configured by environment variables, that protect a branch with Gitea's messages and report pushes to a file.
 *
 * @see code.gitea.io/gitea v1.26.0 routers/private/hook_pre_receive.go
 */
export const gitHooks = {
  'pre-receive': `#!/bin/sh
refuse() { echo "Gitea: $1" >&2; exit 1; }
none=0000000000000000000000000000000000000000
while read -r old new ref; do
  [ "$ref" = "$SANDBOX_PROTECTED_REF" ] || continue
  branch="\${ref#refs/heads/}"
  [ "$new" != "$none" ] || refuse "branch $branch is the default branch and cannot be deleted"
  [ "$old" = "$none" ] || [ -z "$(git rev-list --max-count=1 "$old" "^$new")" ] ||
    refuse "branch $branch is protected from force push"
  [ -n "$SANDBOX_MAY_PUSH_PROTECTED" ] || refuse "Not allowed to push to protected branch $branch"
done
`,
  'post-receive': `#!/bin/sh
exec cat > "$SANDBOX_PUSH_REPORT"
`,
};

/** Serves smart HTTP with `git http-backend`, at `/<full name>.git` and, as Gitea does, without the suffix. */
export function createSmartHttpRouter(options: {
  repository: BareRepository;
  fullName: string;
  branch: string;
  /** Called before the response to a push is sent. */
  onPush: (events: PushEvent[]) => Promise<void>;
  logger: SandboxLogger;
}): Router {
  const { repository, fullName, branch, onPush, logger } = options;
  const program = runGit(['--exec-path'], {
    directory: repository.directory,
  }).then(output => join(output.toString().trim(), 'git-http-backend'));

  async function runHttpBackend(
    request: Request,
    response: Response,
    account: Account,
    path: string,
  ) {
    const pushReportFile = join(tmpdir(), `sandbox-push-${randomUUID()}`);
    const isGzipped = request.headers['content-encoding'] === 'gzip';
    const child = spawn(await program, [], {
      env: {
        ...gitEnvironment,
        GIT_PROJECT_ROOT: repository.directory,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: request.get('git-protocol'),
        PATH_INFO: path,
        QUERY_STRING: new URL(request.url, 'http://sandbox').search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.get('content-type'),
        // The header has the length of the compressed body.
        CONTENT_LENGTH: isGzipped ? undefined : request.get('content-length'),
        REMOTE_ADDR: request.socket.remoteAddress,
        REMOTE_USER: account.login,
        SANDBOX_PROTECTED_REF: `refs/heads/${branch}`,
        SANDBOX_MAY_PUSH_PROTECTED: mayAdminister(account) ? 'yes' : '',
        SANDBOX_PUSH_REPORT: pushReportFile,
      },
    });
    child.stderr.on('data', chunk =>
      logger.warn(`git http-backend: ${chunk}`.trim()),
    );
    // Git may respond before it has read the whole request.
    child.stdin.on('error', () => {});
    if (isGzipped) {
      request
        .pipe(createGunzip())
        .on('error', () => child.kill())
        .pipe(child.stdin);
    } else {
      request.pipe(child.stdin);
    }
    response.on('close', () => {
      child.kill();
      // A paused stream would delay the `close` event of the process.
      child.stdout.removeAllListeners('data').resume();
    });

    let head: Buffer | undefined = Buffer.alloc(0);
    child.stdout.on('data', (chunk: Buffer) => {
      let body: Buffer | undefined = chunk;
      if (head) {
        head = Buffer.concat([head, chunk]);
        body = sendResponseHead(head, response);
        head = body ? undefined : head;
      }
      if (body?.length && !response.write(body)) {
        child.stdout.pause();
        response.once('drain', () => child.stdout.resume());
      }
    });
    child.on('error', error =>
      logger.error(`git http-backend: ${error.message}`),
    );
    child.on('close', async () => {
      try {
        const events = parsePushReport(
          await readFile(pushReportFile, 'utf8').catch(() => ''),
          account,
        );
        await onPush(events);
      } catch (error) {
        logger.error(`Handling a push failed: ${error}`);
      }
      await rm(pushReportFile, { force: true });
      if (head && !response.headersSent) {
        response.status(500);
      }
      response.end();
    });
  }

  return Router().all(
    /^\/([^/]+\/[^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/,
    (request, response) => {
      const { 0: name, 1: path } = request.params as unknown as string[];
      const account = authenticate(request.headers.authorization);
      if (account === 'anonymous' || account === 'invalid') {
        response
          .status(401)
          .set('WWW-Authenticate', 'Basic realm="Gitea"')
          .type('text')
          .send('Sign in with a token as password, and any user name.\n');
        return undefined;
      }
      if (name !== fullName) {
        response.status(404).type('text').send('Repository not found\n');
        return undefined;
      }
      const service = path === 'info/refs' ? request.query.service : path;
      if (service !== 'git-upload-pack' && service !== 'git-receive-pack') {
        response
          .status(403)
          .type('text')
          .send('Only smart HTTP is supported\n');
        return undefined;
      }
      if (service === 'git-receive-pack' && !mayWrite(account)) {
        response.status(403).type('text').send('User permission denied\n');
        return undefined;
      }
      return runHttpBackend(request, response, account, `/${path}`);
    },
  );
}

/** Sends status and headers once they are complete. Returns the beginning of the body, or undefined until then. */
function sendResponseHead(
  head: Buffer,
  response: Response,
): Buffer | undefined {
  const end = /\r?\n\r?\n/.exec(head.toString('latin1'));
  if (!end) {
    return undefined;
  }
  for (const line of head.toString('latin1', 0, end.index).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name.toLowerCase() === 'status') {
      response.status(Number.parseInt(value, 10));
    } else {
      response.setHeader(name, value);
    }
  }
  response.flushHeaders();
  return head.subarray(end.index + end[0].length);
}

function parsePushReport(report: string, pusher: Account): PushEvent[] {
  return report
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [before, after, ref] = line.split(' ');
      return { before, after, ref, pusher };
    });
}
