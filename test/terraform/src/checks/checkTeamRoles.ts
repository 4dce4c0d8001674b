import { STRANGE_JOBS, trustedJob } from '../iam/jobs';
import { EXPECTED_REQUESTS } from '../iam/requests';
import { TeamRoles, type Purpose } from '../iam/TeamRoles';
import type { Report } from '../Report';
import type { Workspace } from '../terraform/Workspace';

const PURPOSES: Purpose[] = ['plan', 'apply'];

/** Checks who gets the roles of a team's pipeline, and what the roles may do, with the semantics of AWS IAM. */
export async function checkTeamRoles(
  workspace: Workspace,
  report: Report,
): Promise<void> {
  const roles = await TeamRoles.render(workspace);
  for (const purpose of PURPOSES) {
    const problems: string[] = [];
    const expectEqual = (what: string, actual: boolean, expected: boolean) => {
      if (actual !== expected) {
        problems.push(
          `${what}: ${actual ? 'allowed' : 'refused'}, expected the opposite`,
        );
      }
    };
    for (const each of PURPOSES) {
      expectEqual(
        `Take the role in the job for ${each}`,
        await roles.assume(purpose, trustedJob(each)),
        each === purpose,
      );
    }
    for (const claims of STRANGE_JOBS) {
      expectEqual(
        `Take the role with ${JSON.stringify(claims)}`,
        await roles.assume(purpose, claims),
        false,
      );
    }
    for (const { title, allowed, ...request } of EXPECTED_REQUESTS) {
      expectEqual(
        title,
        await roles.may(purpose, request),
        allowed.includes(purpose),
      );
    }
    report.judge(
      `providers/aws/team: ${
        STRANGE_JOBS.length + EXPECTED_REQUESTS.length
      } jobs and requests for ${purpose}`,
      problems,
    );
  }
}
