mock_provider "aws" {}

variables {
  caches = { features = { high_availability = true, size = "medium" } }
  databases = {
    mlflow = { backup_days = 30, high_availability = true, max_storage_gb = 200, size = "medium", storage_gb = 50, version = "17" }
  }
  encryption_key = "arn:aws:kms:eu-west-1:111122223333:key/stand-in"
  name           = "data-platform-prod"
  network = {
    cluster_subnets       = []
    control_plane_subnets = []
    data_subnets          = ["subnet-a", "subnet-b"]
    id                    = "vpc-stand-in"
  }
  protected      = true
  service_groups = { cache = "sg-cache", database = "sg-database" }
}

run "caches_are_encrypted_and_survive_a_zone" {
  command = plan
  assert {
    condition     = aws_elasticache_replication_group.this["features"].at_rest_encryption_enabled == "true" && aws_elasticache_replication_group.this["features"].transit_encryption_mode == "required"
    error_message = "A cache is encrypted at rest and on the way."
  }
  assert {
    condition     = aws_elasticache_replication_group.this["features"].num_cache_clusters == 2 && aws_elasticache_replication_group.this["features"].automatic_failover_enabled
    error_message = "A standby takes over."
  }
  assert {
    condition     = aws_elasticache_user.application["features"].authentication_mode[0].type == "iam" && aws_elasticache_replication_group.this["features"].auth_token == null
    error_message = "There is no password."
  }
  assert {
    condition     = aws_elasticache_replication_group.this["features"].security_group_ids == toset(["sg-cache"])
    error_message = "Only the cluster reaches a cache."
  }
}

run "a_cache_without_standby_is_one_machine" {
  command = plan
  variables {
    caches    = { features = { high_availability = false, size = "small" } }
    protected = false
  }
  assert {
    condition     = aws_elasticache_replication_group.this["features"].num_cache_clusters == 1 && !aws_elasticache_replication_group.this["features"].multi_az_enabled
    error_message = "One machine, no failover."
  }
}

run "outputs_have_the_shape_that_workloads_take" {
  assert {
    condition     = output.databases.mlflow.host == "data-platform-prod-mlflow.rds.stand-in" && output.databases.mlflow.database == "mlflow" && output.databases.mlflow.secret != null
    error_message = "A database has a host, a name and a secret."
  }
  assert {
    condition     = output.caches.features.port == 6379 && output.caches.features.secret == null
    error_message = "A cache has a port and no secret."
  }
}
