import { STATE_REQUESTS } from './stateRequests';
import { ACCOUNT, type ExpectedRequest, type Purpose } from './TeamRoles';

const NEITHER: Purpose[] = [];
const APPLY: Purpose[] = ['apply'];
const BOTH: Purpose[] = ['plan', 'apply'];

const REGION = 'eu-west-1';
const OWN_ROLE = `arn:aws:iam::${ACCOUNT}:role/workloads/app-ml-team/app-ml-team--ml-backend--dev`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/workloads/app-ml-team/app-ml-team--dev`;
const eks = (rest: string) => `arn:aws:eks:${REGION}:${ACCOUNT}:${rest}`;
const ecr = (name: string) =>
  `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${name}`;
const role = (path: string) => `arn:aws:iam::${ACCOUNT}:role/${path}`;

const tags = (
  kind: 'RequestTag' | 'ResourceTag',
  team: string,
  env = 'dev',
) => ({
  [`aws:${kind}/ml-platform.io/environment`]: env,
  [`aws:${kind}/ml-platform.io/team`]: team,
});

const roles: ExpectedRequest[] = [
  ...[
    'iam:GetRole',
    'iam:GetRolePolicy',
    'iam:ListAttachedRolePolicies',
    'iam:ListRolePolicies',
    // The provider asks before it deletes a role: without it a removed workload fails.
    'iam:ListInstanceProfilesForRole',
  ].map(action => ({
    title: `see an own role (${action})`,
    action,
    resource: OWN_ROLE,
    allowed: BOTH,
  })),
  ...[
    'iam:DeleteRole',
    'iam:DeleteRolePolicy',
    'iam:UpdateAssumeRolePolicy',
  ].map(action => ({
    title: `change an own role (${action})`,
    action,
    resource: OWN_ROLE,
    allowed: APPLY,
  })),
  ...[
    ['of another team', 'workloads/app-data-team/app-data-team--data-api--dev'],
    ['of production', 'workloads/app-ml-team/app-ml-team--ml-backend--prod'],
    ['of the pipeline', 'pipelines/app-ml-team--dev-plan'],
    ['of people', 'data-platform-admins'],
  ].flatMap(([whose, path]) =>
    [
      'iam:GetRole',
      'iam:DeleteRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:PassRole',
    ].map(action => ({
      title: `${action} on a role ${whose}`,
      action,
      resource: role(path),
      ...(action === 'iam:PassRole' && {
        context: { 'iam:PassedToService': 'pods.eks.amazonaws.com' },
      }),
      allowed: NEITHER,
    })),
  ),
  {
    title: 'make a role within the boundary',
    action: 'iam:CreateRole',
    resource: OWN_ROLE,
    context: { 'iam:PermissionsBoundary': BOUNDARY },
    allowed: APPLY,
  },
  {
    title: 'make a role without a boundary',
    action: 'iam:CreateRole',
    resource: OWN_ROLE,
    allowed: NEITHER,
  },
  {
    title: "make a role within another environment's boundary",
    action: 'iam:CreateRole',
    resource: OWN_ROLE,
    context: { 'iam:PermissionsBoundary': BOUNDARY.replace('dev', 'prod') },
    allowed: NEITHER,
  },
  ...['iam:DeleteRolePermissionsBoundary', 'iam:AttachRolePolicy'].map(
    action => ({
      title: `widen an own role (${action})`,
      action,
      resource: OWN_ROLE,
      allowed: NEITHER,
    }),
  ),
  {
    title: 'change the boundary',
    action: 'iam:CreatePolicyVersion',
    resource: BOUNDARY,
    allowed: NEITHER,
  },
  {
    title: 'give an own role to pods',
    action: 'iam:PassRole',
    resource: OWN_ROLE,
    context: { 'iam:PassedToService': 'pods.eks.amazonaws.com' },
    allowed: APPLY,
  },
  {
    title: 'give an own role to a virtual machine',
    action: 'iam:PassRole',
    resource: OWN_ROLE,
    context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    allowed: NEITHER,
  },
];

const OWN_ASSOCIATION = eks('podidentityassociation/shared/a-1');

const pods: ExpectedRequest[] = [
  {
    title: 'make a pod identity on the cluster',
    action: 'eks:CreatePodIdentityAssociation',
    resource: eks('cluster/shared'),
    context: tags('RequestTag', 'app-ml-team'),
    allowed: APPLY,
  },
  {
    title: 'make a pod identity on another cluster',
    action: 'eks:CreatePodIdentityAssociation',
    resource: eks('cluster/production'),
    context: tags('RequestTag', 'app-ml-team'),
    allowed: NEITHER,
  },
  {
    title: "make a pod identity with another team's tag",
    action: 'eks:CreatePodIdentityAssociation',
    resource: eks('cluster/shared'),
    context: tags('RequestTag', 'app-data-team'),
    allowed: NEITHER,
  },
  {
    title: 'tag a pod identity that is made',
    action: 'eks:TagResource',
    resource: OWN_ASSOCIATION,
    context: tags('RequestTag', 'app-ml-team'),
    allowed: APPLY,
  },
  ...[
    'eks:UpdatePodIdentityAssociation',
    'eks:DeletePodIdentityAssociation',
  ].flatMap(action => [
    {
      title: `${action} of the own`,
      action,
      resource: OWN_ASSOCIATION,
      context: tags('ResourceTag', 'app-ml-team'),
      allowed: APPLY,
    },
    ...[
      tags('ResourceTag', 'app-data-team'),
      tags('ResourceTag', 'app-ml-team', 'prod'),
      tags('ResourceTag', 'platform'),
      {},
    ].map(context => ({
      title: `${action} of ${JSON.stringify(context)}`,
      action,
      resource: OWN_ASSOCIATION,
      context,
      allowed: NEITHER,
    })),
    {
      title: `${action} on another cluster`,
      action,
      resource: eks('podidentityassociation/production/a-1'),
      context: tags('ResourceTag', 'app-ml-team'),
      allowed: NEITHER,
    },
  ]),
  ...['app-data-team', 'platform'].map(team => ({
    title: `tag a pod identity of ${team} as the own`,
    action: 'eks:TagResource',
    resource: OWN_ASSOCIATION,
    context: {
      ...tags('RequestTag', 'app-ml-team'),
      ...tags('ResourceTag', team),
    },
    allowed: NEITHER,
  })),
];

const repositories: ExpectedRequest[] = [
  {
    title: 'see an own repository',
    action: 'ecr:DescribeRepositories',
    resource: ecr('app-ml-team/ml-backend'),
    allowed: BOTH,
  },
  {
    title: 'delete an own repository',
    action: 'ecr:DeleteRepository',
    resource: ecr('app-ml-team/ml-backend'),
    allowed: APPLY,
  },
  ...['ecr:DescribeRepositories', 'ecr:DeleteRepository'].map(action => ({
    title: `${action} of another team`,
    action,
    resource: ecr('app-data-team/data-api'),
    allowed: NEITHER,
  })),
  {
    title: 'push an image',
    action: 'ecr:PutImage',
    resource: ecr('app-ml-team/ml-backend'),
    allowed: NEITHER,
  },
];

const OWN_BUCKET = 'arn:aws:s3:::app-ml-team--features--dev';

const buckets: ExpectedRequest[] = [
  ...[
    's3:ListBucket',
    's3:GetBucketPolicy',
    's3:GetLifecycleConfiguration',
  ].map(action => ({
    title: `see an own bucket (${action})`,
    action,
    resource: OWN_BUCKET,
    allowed: BOTH,
  })),
  ...[
    's3:CreateBucket',
    's3:DeleteBucket',
    's3:PutLifecycleConfiguration',
  ].flatMap(action => [
    {
      title: `change an own bucket (${action})`,
      action,
      resource: OWN_BUCKET,
      allowed: APPLY,
    },
    ...[
      'app-data-team--features--dev',
      'app-ml-team--features--prod',
      'data-platform-models',
    ].map(name => ({
      title: `${action} of ${name}`,
      action,
      resource: `arn:aws:s3:::${name}`,
      allowed: NEITHER,
    })),
  ]),
  ...['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].map(action => ({
    title: `${action} in an own bucket`,
    action,
    resource: `${OWN_BUCKET}/features.parquet`,
    allowed: NEITHER,
  })),
];

/** Requests of the pipeline of app-ml-team in dev. */
export const EXPECTED_REQUESTS = [
  ...STATE_REQUESTS,
  ...roles,
  ...pods,
  ...repositories,
  ...buckets,
];
