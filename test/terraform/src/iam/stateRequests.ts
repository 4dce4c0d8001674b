import { ACCOUNT, type ExpectedRequest, type Purpose } from './TeamRoles';

const NEITHER: Purpose[] = [];
const APPLY: Purpose[] = ['apply'];
const BOTH: Purpose[] = ['plan', 'apply'];

const REGION = 'eu-west-1';
const STATES = 'arn:aws:s3:::state/teams';
const OWN_STATE = `${STATES}/app-ml-team/dev/terraform.tfstate`;
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/state`;

const throughS3 = { 'kms:ViaService': `s3.${REGION}.amazonaws.com` };

/** Requests for states and locks, of the pipeline of app-ml-team in dev. */
export const STATE_REQUESTS: ExpectedRequest[] = [
  {
    title: 'read the own state',
    action: 's3:GetObject',
    resource: OWN_STATE,
    allowed: BOTH,
  },
  {
    title: 'write the own state',
    action: 's3:PutObject',
    resource: OWN_STATE,
    allowed: APPLY,
  },
  {
    title: 'remove the own lock',
    action: 's3:DeleteObject',
    resource: `${OWN_STATE}.tflock`,
    allowed: APPLY,
  },
  {
    title: 'take the own lock',
    action: 's3:PutObject',
    resource: `${OWN_STATE}.tflock`,
    allowed: APPLY,
  },
  ...['app-data-team/dev', 'app-ml-team/prod', 'app-ml-team-2/dev'].flatMap(
    root => [
      {
        title: `read the state of ${root}`,
        action: 's3:GetObject',
        resource: `${STATES}/${root}/terraform.tfstate`,
        allowed: NEITHER,
      },
      {
        title: `remove the lock of ${root}`,
        action: 's3:DeleteObject',
        resource: `${STATES}/${root}/terraform.tfstate.tflock`,
        allowed: NEITHER,
      },
    ],
  ),
  {
    title: "read the data platform's state",
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::state/data-platform/shared/terraform.tfstate',
    allowed: NEITHER,
  },
  {
    title: 'delete the own state',
    action: 's3:DeleteObject',
    resource: OWN_STATE,
    allowed: NEITHER,
  },
  {
    title: 'list the own state',
    action: 's3:ListBucket',
    resource: 'arn:aws:s3:::state',
    context: { 's3:prefix': 'teams/app-ml-team/dev/terraform.tfstate' },
    allowed: BOTH,
  },
  {
    title: 'list all states',
    action: 's3:ListBucket',
    resource: 'arn:aws:s3:::state',
    context: { 's3:prefix': '' },
    allowed: NEITHER,
  },
  {
    title: 'decrypt a state through S3',
    action: 'kms:Decrypt',
    resource: KEY,
    context: throughS3,
    allowed: BOTH,
  },
  {
    title: 'decrypt with the key of the states, not through S3',
    action: 'kms:Decrypt',
    resource: KEY,
    allowed: NEITHER,
  },
  {
    title: 'encrypt a state',
    action: 'kms:GenerateDataKey',
    resource: KEY,
    context: throughS3,
    allowed: APPLY,
  },
];
