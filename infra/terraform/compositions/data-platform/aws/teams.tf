# What team roots need to know, so that none of them reads this root's state.
resource "aws_ssm_parameter" "environment" {
  for_each = var.environments
  #checkov:skip=CKV2_AWS_34:Names and a key's ARN are no secrets, and team roots plan with them in the open

  description = "Platform settings of ${each.key}"
  name        = "/ml-platform/${each.key}/platform"
  tags        = local.tags
  type        = "String"
  insecure_value = jsonencode({
    cluster           = module.cluster.name
    encryption_key    = module.security.encryption_key
    namespace_suffix  = each.value.namespace_suffix
    owns_repositories = each.value.owns_repositories
  })
}

locals {
  team_environments = merge([
    for team, settings in try(var.delivery.teams, {}) : {
      for environment in settings.environments : "${team}--${environment}" => {
        environment = environment
        team        = team
      }
    }
  ]...)
}

module "team_settings" {
  source   = "../../../platform/team"
  for_each = local.team_environments

  environment      = each.value.environment
  namespace_suffix = var.environments[each.value.environment].namespace_suffix
  team             = each.value.team
}

module "team" {
  source   = "../../../providers/aws/team"
  for_each = module.team_settings

  cluster        = module.cluster.name
  encryption_key = module.security.encryption_key
  environment    = local.team_environments[each.key].environment
  name           = each.value.name
  pipeline = {
    branch            = var.delivery.branch
    identity_provider = var.delivery.identity_provider
    repository        = var.delivery.repository
  }
  repository_prefix = each.value.repository_prefix
  role_path         = each.value.role_path
  state = {
    bucket         = var.delivery.state_bucket
    encryption_key = var.delivery.state_encryption_key
    key            = each.value.state_key
  }
  tags = merge(local.tags, each.value.tags)
  team = local.team_environments[each.key].team
}
