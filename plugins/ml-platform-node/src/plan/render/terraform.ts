import { TEAM_ROOTS_DIRECTORY } from '@internal/plugin-ml-platform-common';
import type { Plan, PlannedEnvironment } from '../readPlan';
import { environmentsOf } from './argocd';
import { rendered, type RenderedFiles } from './rendered';

const COMPOSITIONS = 'terraform/compositions';
const ISSUER = 'token.actions.githubusercontent.com';

/** Values of the Terraform roots, and the platform's files in the team roots. Nothing without an AWS account. */
export function terraformFiles(plan: Plan): RenderedFiles {
  const { aws } = plan;
  if (!aws) {
    return new Map();
  }
  const bucket = aws.stateBucket ?? `${plan.organization}-ml-platform-state`;
  return new Map([
    ...plan.clusters.flatMap(({ name }) => {
      const environments = plan.environments.filter(
        ({ cluster }) => cluster === name,
      );
      return environments.length > 0
        ? [
            clusterValues(
              name,
              environments,
              plan,
              `location = "${aws.region}"\n\n${delivery(
                plan,
                aws,
                environments,
                bucket,
              )}\n`,
            ),
          ]
        : [];
    }),
    ...plan.rehearsals
      .filter(({ type }) => type === 'kind')
      .map(({ name }) =>
        clusterValues(
          name,
          plan.environments.map(each => ({ ...each, production: false })),
          plan,
        ),
      ),
    [
      `${COMPOSITIONS}/state.s3.tfbackend`,
      rendered(`# Where all states are; compositions/foundation makes the bucket and the key.
bucket     = "${bucket}"
kms_key_id = "arn:aws:kms:${aws.region}:${aws.account}:alias/ml-platform-state"
region     = "${aws.region}"
`),
    ],
    [
      `${COMPOSITIONS}/foundation/terraform.tfvars`,
      rendered(`issuer       = "${ISSUER}"
location     = "${aws.region}"
state_bucket = "${bucket}"
`),
    ],
    ...plan.tenants.flatMap(tenant =>
      environmentsOf(tenant, plan.environments).flatMap(({ name }) => [
        ...teamRoot(tenant.name, name),
      ]),
    ),
  ]);
}

function clusterValues(
  cluster: string,
  environments: PlannedEnvironment[],
  plan: Plan,
  more = '',
): [string, string] {
  const width = Math.max(...environments.map(({ name }) => name.length));
  return [
    `${COMPOSITIONS}/data-platform/${cluster}.plan.tfvars`,
    rendered(`# With the sizes of ${cluster}.tfvars these are the values of the cluster's root.
${more}environments = {
${environments
  .map(
    ({ name, namespaceSuffix }) =>
      `  ${name.padEnd(
        width,
      )} = { namespace_suffix = "${namespaceSuffix}", owns_repositories = ${
        // In exactly one environment, so that what was tested is what is promoted.
        name === plan.environments[0].name
      } }\n`,
  )
  .join('')}}

production = ${environments.some(({ production }) => production)}
`),
  ];
}

function delivery(
  plan: Plan,
  aws: NonNullable<Plan['aws']>,
  environments: PlannedEnvironment[],
  bucket: string,
): string {
  const teams = plan.tenants
    .map(tenant => ({
      name: tenant.name,
      names: environmentsOf(tenant, environments).map(({ name }) => name),
    }))
    .filter(({ names }) => names.length > 0);
  const width = Math.max(0, ...teams.map(({ name }) => name.length));
  return `delivery = {
  branch               = "${plan.repository.branch}"
  identity_provider    = "arn:aws:iam::${aws.account}:oidc-provider/${ISSUER}"
  repository           = "${plan.organization}/${plan.repository.name}"
  state_bucket         = "${bucket}"
  state_encryption_key = "arn:aws:kms:${aws.region}:${aws.account}:key/${
    aws.stateKey
  }"
  teams = {
${teams
  .map(
    ({ name, names }) =>
      `    ${name.padEnd(width)} = { environments = [${names
        .map(each => `"${each}"`)
        .join(', ')}] }\n`,
  )
  .join('')}  }
}
`;
}

function teamRoot(team: string, environment: string): RenderedFiles {
  const directory = `${TEAM_ROOTS_DIRECTORY}/${team}/${environment}`;
  return new Map([
    [
      `${directory}/backend.tf`,
      rendered(`# Owned by the platform. Bucket and region: terraform init -backend-config=../../../state.s3.tfbackend
terraform {
  backend "s3" {
    encrypt      = true
    key          = "teams/${team}/${environment}/terraform.tfstate"
    use_lockfile = true
  }
}
`),
    ],
    [
      `${directory}/providers.tf`,
      rendered(`# Owned by the platform. The region is the pipeline's (AWS_REGION), and so are the rights.
provider "aws" {
  default_tags {
    tags = {
      "ml-platform.io/environment" = "${environment}"
      "ml-platform.io/managed-by"  = "terraform"
      "ml-platform.io/team"        = "${team}"
    }
  }
}
`),
    ],
    [
      `${directory}/versions.tf`,
      rendered(`# Owned by the platform. One root, one state, one role: ${team} in ${environment}.
terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.95, < 6.0"
    }
  }
}
`),
    ],
  ]);
}
