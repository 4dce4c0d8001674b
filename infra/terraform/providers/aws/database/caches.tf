locals {
  cache_nodes = { small = "cache.t4g.small", medium = "cache.m7g.large", large = "cache.r7g.xlarge" }
}

resource "aws_elasticache_subnet_group" "this" {
  count = length(var.caches) > 0 ? 1 : 0

  description = "Caches of ${var.name}"
  name        = var.name
  subnet_ids  = var.network.data_subnets
  tags        = var.tags
}

# Workloads sign in with their IAM role: there is no password that could leak, or end in the state.
resource "aws_elasticache_user" "application" {
  for_each = var.caches

  access_string = "on ~* +@all -@dangerous"
  engine        = "valkey"
  tags          = var.tags
  user_id       = "${var.name}-${each.key}"
  user_name     = "${var.name}-${each.key}"
  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "this" {
  for_each = var.caches

  engine        = "valkey"
  tags          = var.tags
  user_group_id = "${var.name}-${each.key}"
  user_ids      = [aws_elasticache_user.application[each.key].user_id]
}

resource "aws_elasticache_replication_group" "this" {
  for_each = var.caches
  #checkov:skip=CKV2_AWS_50:Standbys are for production; platform/database decides

  description          = "${each.key} of ${var.name}"
  replication_group_id = "${var.name}-${each.key}"
  tags                 = var.tags

  automatic_failover_enabled = each.value.high_availability
  engine                     = "valkey"
  engine_version             = "8.0"
  multi_az_enabled           = each.value.high_availability
  node_type                  = local.cache_nodes[each.value.size]
  num_cache_clusters         = each.value.high_availability ? 2 : 1
  parameter_group_name       = "default.valkey8"
  port                       = 6379

  at_rest_encryption_enabled = true
  kms_key_id                 = var.encryption_key
  security_group_ids         = [var.service_groups["cache"]]
  subnet_group_name          = one(aws_elasticache_subnet_group.this[*].name)
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [aws_elasticache_user_group.this[each.key].user_group_id]

  auto_minor_version_upgrade = true
  final_snapshot_identifier  = var.protected ? "${var.name}-${each.key}-final" : null
  maintenance_window         = "sun:03:00-sun:04:00"
  snapshot_retention_limit   = var.protected ? 7 : 1
  snapshot_window            = "01:00-02:00"
}
