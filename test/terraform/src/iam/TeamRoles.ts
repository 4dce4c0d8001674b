import {
  runSimulation,
  type SimulationIdentityPolicy,
} from '@cloud-copilot/iam-simulate';
import type { Workspace } from '../terraform/Workspace';

/** The module with the roles of a team's pipeline. */
const MODULE = 'providers/aws/team';

/** The account of the module's test. */
export const ACCOUNT = '111122223333';

export type Purpose = 'plan' | 'apply';

/** A request to AWS. */
export interface AwsRequest {
  action: string;
  resource: string;
  context?: Record<string, string>;
}

/** A request of app-ml-team in dev, and which of the team's roles may send it. */
export interface ExpectedRequest extends AwsRequest {
  title: string;
  allowed: Purpose[];
}

/** Claims of the token that GitHub gives a job. */
export interface Claims {
  sub: string;
  job_workflow_ref: string;
  aud?: string;
}

const ISSUER = 'token.actions.githubusercontent.com';

/** The policy of the platform's keys (compositions/foundation): who may use them is in the policies of roles. */
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
};

interface PlannedResource {
  type: string;
  name: string;
  index?: string;
  values: Record<string, unknown>;
}

/** The roles of a team's pipeline as the module's unit test renders them, judged with the semantics of AWS IAM. */
export class TeamRoles {
  readonly #resources: PlannedResource[];

  private constructor(resources: PlannedResource[]) {
    this.#resources = resources;
  }

  /** Runs the module's unit test, and takes the resources of its run with `command = apply`. */
  static async render(workspace: Workspace): Promise<TeamRoles> {
    const { output, errors } = await workspace.terraform(
      MODULE,
      'test',
      '-json',
      '-verbose',
    );
    const state = output
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => JSON.parse(line).test_state)
      .find(Boolean);
    if (!state) {
      throw new Error(errors || `${MODULE}: the test has no state`);
    }
    return new TeamRoles(state.root_module.resources);
  }

  /** Checks if a job with these claims in GitHub's token gets the role. */
  assume(purpose: Purpose, claims: Claims): Promise<boolean> {
    const role = this.#find('aws_iam_role', 'pipeline', purpose);
    const all = { aud: 'sts.amazonaws.com', ...claims };
    return isAllowed({
      principal: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`,
      request: {
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: this.#arn(purpose),
        context: Object.fromEntries(
          Object.entries(all).map(([claim, value]) => [
            knownKey(`${ISSUER}:${claim}`),
            value,
          ]),
        ),
      },
      resourcePolicy: JSON.parse(knownKey(String(role.assume_role_policy))),
    });
  }

  /** Checks if the role may send a request. */
  may(purpose: Purpose, request: AwsRequest): Promise<boolean> {
    const policies = [
      this.#find('aws_iam_role_policy', 'state', purpose),
      ...(purpose === 'apply'
        ? [this.#find('aws_iam_role_policy', 'change')]
        : []),
    ];
    return isAllowed({
      principal: this.#arn(purpose),
      request,
      identityPolicies: policies.map(({ name, policy }) => ({
        name: String(name),
        policy: JSON.parse(String(policy)),
      })),
      resourcePolicy: request.action.startsWith('kms:')
        ? KEY_POLICY
        : undefined,
    });
  }

  #arn(purpose: Purpose): string {
    const { name } = this.#find('aws_iam_role', 'pipeline', purpose);
    return `arn:aws:iam::${ACCOUNT}:role/pipelines/${name}`;
  }

  #find(type: string, name: string, index?: string): Record<string, unknown> {
    const found = this.#resources.find(
      each => each.type === type && each.name === name && each.index === index,
    );
    if (!found) {
      throw new Error(`${MODULE} has no ${type}.${name}[${index}]`);
    }
    return found.values;
  }
}

/**
 * Names `sub` and `aud` of GitHub as those of Google: the library's list of condition keys has GitHub's other claims, but lacks
 * these two. Their values and operators stay.
 */
function knownKey(text: string): string {
  return text.replaceAll(
    new RegExp(`${ISSUER}:(sub|aud)\\b`, 'g'),
    'accounts.google.com:$1',
  );
}

/** @throws an error for an action or a condition key that AWS does not have, and for a policy that it would not accept */
async function isAllowed(options: {
  principal: string;
  request: AwsRequest;
  identityPolicies?: SimulationIdentityPolicy[];
  resourcePolicy: unknown;
}): Promise<boolean> {
  const { principal, request, identityPolicies = [], resourcePolicy } = options;
  const { action, resource, context = {} } = request;
  const response = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: context,
      },
      identityPolicies,
      resourcePolicy,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (response.resultType === 'error') {
    throw new Error(`${action}: ${JSON.stringify(response.errors)}`);
  }
  const results =
    response.resultType === 'single' ? [response.result] : response.results;
  const ignored = results.flatMap(each => each.ignoredContextKeys ?? []);
  if (ignored.length) {
    throw new Error(`${action} has no condition key ${ignored.join(', ')}`);
  }
  return response.overallResult === 'Allowed';
}
