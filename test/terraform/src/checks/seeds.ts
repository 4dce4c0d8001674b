/** A typical mistake, and the expected messages. */
export interface Seed {
  name: string;
  /** The module to check, relative to `infra/terraform`. */
  module: string;
  /** The file with the mistake, relative to the module. */
  file: string;
  /** An existing text and its replacement. */
  replace: [string, string];
  /** Parts of the expected messages. */
  messages: string[];
}

export const seeds: Seed[] = [
  {
    name: 'an unknown argument of a resource',
    module: 'providers/aws/storage',
    file: 'buckets.tf',
    replace: ['force_destroy = !var.protected', 'force_destory = true'],
    messages: [
      'providers/aws/storage/buckets.tf:',
      'An argument named "force_destory" is not expected here. Did you mean "force_destroy"?',
    ],
  },
  {
    name: 'an unknown argument of a module in a registry',
    module: 'providers/aws/cluster',
    file: 'cluster.tf',
    replace: ['cluster_version ', 'kubernetes_version '],
    messages: ['An argument named "kubernetes_version" is not expected here'],
  },
  {
    name: 'an unknown argument in a workload file',
    module: 'compositions/teams/app-ml-team/dev',
    file: 'ml-backend.tf',
    replace: ['image_repository = true', 'image_repositry = true'],
    messages: [
      'compositions/teams/app-ml-team/dev/ml-backend.tf:',
      'An argument named "image_repositry" is not expected here. Did you mean "image_repository"?',
    ],
  },
  {
    name: 'a missing input of a module of ours',
    module: 'compositions/data-platform/aws',
    file: 'platform.tf',
    replace: ['node_pools         = module.cluster_settings.node_pools', ''],
    messages: [
      'compositions/data-platform/aws/platform.tf:',
      'The argument "node_pools" is required, but no definition was found.',
    ],
  },
  {
    name: 'a missing input in a workload file',
    module: 'compositions/teams/app-ml-team/dev',
    file: 'ml-backend.tf',
    replace: ['team             = "app-ml-team"', ''],
    messages: ['The argument "team" is required, but no definition was found.'],
  },
  {
    name: 'a missing input of a resource',
    module: 'providers/aws/database',
    file: 'caches.tf',
    replace: ['replication_group_id = "${var.name}-${each.key}"', ''],
    messages: ['The argument "replication_group_id" is required'],
  },
  {
    name: 'a resource that the provider does not have',
    module: 'providers/aws/storage',
    file: 'repositories.tf',
    replace: [
      'resource "aws_ecr_lifecycle_policy"',
      'resource "aws_ecr_retention_policy"',
    ],
    messages: ['does not support resource type "aws_ecr_retention_policy"'],
  },
  {
    name: 'a missing output of a module',
    module: 'compositions/data-platform/kind',
    file: 'platform.tf',
    replace: ['module.security.encryption_key', 'module.security.key'],
    messages: ['This object does not have an attribute named "key"'],
  },
  {
    name: 'the block syntax of an older Helm provider',
    module: 'providers/kubernetes/monitoring',
    file: 'stack.tf',
    replace: ['atomic  = true', 'set {\n    name = "a"\n    value = "b"\n  }'],
    messages: [
      'Unsupported block type',
      'Blocks of type "set" are not expected',
    ],
  },
  {
    name: 'a provider version that a module rejects',
    module: 'compositions/data-platform/aws',
    file: 'versions.tf',
    replace: ['">= 5.95, < 6.0"', '"~> 6.0"'],
    messages: ['no available releases match', 'hashicorp/aws'],
  },
  {
    name: 'a missing validation',
    module: 'platform/database',
    file: 'variables.tf',
    replace: [
      '(database.backup_days, 1) >= 1',
      '(database.backup_days, 1) >= 0',
    ],
    messages: ['Missing expected failure'],
  },
  {
    name: 'a cloud provider in the Kind root',
    module: 'compositions/data-platform/kind',
    file: 'platform.tf',
    replace: [
      '../../../providers/kubernetes/storage',
      '../../../providers/aws/storage',
    ],
    messages: ['The Kind root must work without a cloud', 'hashicorp/aws'],
  },
  {
    name: 'a misspelt argument of the backend',
    module: 'compositions/teams/app-ml-team/dev',
    file: 'backend.tf',
    replace: ['use_lockfile', 'use_lock_file'],
    messages: [
      'The S3 backend has no argument "use_lock_file"',
      'Set `use_lockfile = true`',
    ],
  },
  {
    name: 'a state that belongs to another root',
    module: 'compositions/teams/app-ml-team/dev',
    file: 'backend.tf',
    replace: ['teams/app-ml-team/dev/', 'teams/app-data-team/dev/'],
    messages: ['Set `key = "teams/app-ml-team/dev/terraform.tfstate"`'],
  },
  {
    name: 'a variable that only one provider has',
    module: 'providers/aws/database',
    file: 'variables.tf',
    replace: ['variable "protected"', 'variable "is_protected"'],
    messages: [
      'variable "protected" is in providers/kubernetes/database only',
      'add it to providers/aws/database',
    ],
  },
  {
    name: 'a provider block in a module',
    module: 'providers/aws/storage',
    file: 'versions.tf',
    replace: ['terraform {', 'provider "aws" {}\n\nterraform {'],
    messages: ['Remove the provider block: only roots have one.'],
  },
  {
    name: 'a variable without a description',
    module: 'platform/team',
    file: 'variables.tf',
    replace: ['description = "The team"', ''],
    messages: ['Give variable "team" a description.'],
  },
];
