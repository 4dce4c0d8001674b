/** A mistake that somebody will make, and what the check has to say about it. */
export interface Seed {
  name: string;
  /** The module that is then checked, relative to `infra/terraform`. */
  module: string;
  /** The file that is broken, relative to the module. */
  file: string;
  /** The text to replace, which has to be there, and what takes its place. */
  replace: [string, string];
  /** What the messages have to contain. */
  says: string[];
}

export const seeds: Seed[] = [
  {
    name: 'an unknown argument of a resource',
    module: 'providers/aws/storage',
    file: 'buckets.tf',
    replace: ['force_destroy = !var.protected', 'force_destory = true'],
    says: [
      'providers/aws/storage/buckets.tf:',
      'An argument named "force_destory" is not expected here. Did you mean "force_destroy"?',
    ],
  },
  {
    name: 'an unknown argument of a module in a registry',
    module: 'providers/aws/cluster',
    file: 'cluster.tf',
    replace: ['cluster_version ', 'kubernetes_version '],
    says: ['An argument named "kubernetes_version" is not expected here'],
  },
  {
    name: 'an unknown argument in a workload file',
    module: 'compositions/teams/app-ml-team/dev',
    file: 'ml-backend.tf',
    replace: ['image_repository = true', 'image_repositry = true'],
    says: [
      'compositions/teams/app-ml-team/dev/ml-backend.tf:',
      'An argument named "image_repositry" is not expected here. Did you mean "image_repository"?',
    ],
  },
  {
    name: 'a missing input of a module of ours',
    module: 'compositions/data-platform/aws',
    file: 'platform.tf',
    replace: ['node_pools         = module.cluster_settings.node_pools', ''],
    says: [
      'compositions/data-platform/aws/platform.tf:',
      'The argument "node_pools" is required, but no definition was found.',
    ],
  },
  {
    name: 'a missing input in a workload file',
    module: 'compositions/teams/app-ml-team/dev',
    file: 'ml-backend.tf',
    replace: ['team             = "app-ml-team"', ''],
    says: ['The argument "team" is required, but no definition was found.'],
  },
  {
    name: 'a missing input of a resource',
    module: 'providers/aws/database',
    file: 'caches.tf',
    replace: ['replication_group_id = "${var.name}-${each.key}"', ''],
    says: ['The argument "replication_group_id" is required'],
  },
  {
    name: 'a resource that the provider does not have',
    module: 'providers/aws/storage',
    file: 'repositories.tf',
    replace: [
      'resource "aws_ecr_lifecycle_policy"',
      'resource "aws_ecr_retention_policy"',
    ],
    says: ['does not support resource type "aws_ecr_retention_policy"'],
  },
  {
    name: 'an output that a module does not have',
    module: 'compositions/data-platform/kind',
    file: 'platform.tf',
    replace: ['module.security.encryption_key', 'module.security.key'],
    says: ['This object does not have an attribute named "key"'],
  },
  {
    name: 'the block syntax of an older Helm provider',
    module: 'providers/kubernetes/monitoring',
    file: 'stack.tf',
    replace: ['atomic  = true', 'set {\n    name = "a"\n    value = "b"\n  }'],
    says: ['Unsupported block type', 'Blocks of type "set" are not expected'],
  },
  {
    name: 'a provider version that a module refuses',
    module: 'compositions/data-platform/aws',
    file: 'versions.tf',
    replace: ['">= 5.95, < 6.0"', '"~> 6.0"'],
    says: ['no available releases match', 'hashicorp/aws'],
  },
  {
    name: 'a validation that was lost',
    module: 'platform/database',
    file: 'variables.tf',
    replace: [
      '(database.backup_days, 1) >= 1',
      '(database.backup_days, 1) >= 0',
    ],
    says: ['Missing expected failure'],
  },
  {
    name: 'a cloud provider in the Kind root',
    module: 'compositions/data-platform/kind',
    file: 'platform.tf',
    replace: [
      '../../../providers/kubernetes/storage',
      '../../../providers/aws/storage',
    ],
    says: ['The Kind root has to work without a cloud', 'hashicorp/aws'],
  },
  {
    name: 'a misspelt argument of the backend',
    module: 'compositions/teams/app-ml-team/dev',
    file: 'backend.tf',
    replace: ['use_lockfile', 'use_lock_file'],
    says: [
      'The S3 backend has no argument "use_lock_file"',
      'Set `use_lockfile = true`',
    ],
  },
  {
    name: 'a state that belongs to another root',
    module: 'compositions/teams/app-ml-team/dev',
    file: 'backend.tf',
    replace: ['teams/app-ml-team/dev/', 'teams/app-data-team/dev/'],
    says: ['Set `key = "teams/app-ml-team/dev/terraform.tfstate"`'],
  },
  {
    name: 'a variable that one provider has and the other has not',
    module: 'providers/aws/database',
    file: 'variables.tf',
    replace: ['variable "protected"', 'variable "is_protected"'],
    says: [
      'variable "protected" is in providers/kubernetes/database only',
      'add it to providers/aws/database',
    ],
  },
  {
    name: 'a provider block in a module',
    module: 'providers/aws/storage',
    file: 'versions.tf',
    replace: ['terraform {', 'provider "aws" {}\n\nterraform {'],
    says: ['Remove the provider block: only roots have one.'],
  },
  {
    name: 'a variable without a description',
    module: 'platform/team',
    file: 'variables.tf',
    replace: ['description = "The team"', ''],
    says: ['Give variable "team" a description.'],
  },
];
