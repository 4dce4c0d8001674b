locals {
  database_classes = { small = "db.t4g.medium", medium = "db.m7g.large", large = "db.m7g.2xlarge" }
}

module "database" {
  source   = "terraform-aws-modules/rds/aws"
  version  = "~> 6.0"
  for_each = var.databases

  identifier = "${var.name}-${each.key}"
  tags       = var.tags

  engine               = "postgres"
  engine_version       = each.value.version
  family               = "postgres${each.value.version}"
  major_engine_version = each.value.version
  # Connections that are not encrypted are refused.
  parameters = [{ name = "rds.force_ssl", value = "1", apply_method = "immediate" }]

  instance_class        = local.database_classes[each.value.size]
  allocated_storage     = each.value.storage_gb
  max_allocated_storage = each.value.max_storage_gb
  storage_type          = "gp3"
  kms_key_id            = var.encryption_key
  storage_encrypted     = true

  # The password is made, kept and changed by Secrets Manager; Terraform's state never sees it.
  db_name                                                = replace(each.key, "-", "_")
  iam_database_authentication_enabled                    = true
  manage_master_user_password                            = true
  manage_master_user_password_rotation                   = true
  master_user_password_rotation_automatically_after_days = 30
  master_user_secret_kms_key_id                          = var.encryption_key
  port                                                   = "5432"
  username                                               = "postgres"

  create_db_subnet_group = true
  multi_az               = each.value.high_availability
  publicly_accessible    = false
  subnet_ids             = var.network.data_subnets
  vpc_security_group_ids = [var.service_groups["database"]]

  backup_retention_period          = each.value.backup_days
  backup_window                    = "01:00-02:00"
  copy_tags_to_snapshot            = true
  deletion_protection              = var.protected
  final_snapshot_identifier_prefix = "final"
  maintenance_window               = "sun:03:00-sun:04:00"
  skip_final_snapshot              = !var.protected

  create_cloudwatch_log_group     = true
  create_monitoring_role          = true
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  monitoring_interval             = 60
  monitoring_role_name            = "${var.name}-${each.key}-monitoring"

  performance_insights_enabled    = true
  performance_insights_kms_key_id = var.encryption_key
}
