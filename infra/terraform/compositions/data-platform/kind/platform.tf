module "cluster" {
  source = "../../../providers/kubernetes/cluster"

  access             = module.security_settings.access
  dns_zones          = module.cluster_settings.dns_zones
  encryption_key     = null
  kubernetes_version = module.cluster_settings.kubernetes_version
  log_retention_days = module.cluster_settings.log_retention_days
  name               = var.name
  node_pools         = module.cluster_settings.node_pools
  public_access      = module.cluster_settings.public_access
  tags               = local.tags
}

module "security" {
  source = "../../../providers/kubernetes/security"

  access             = module.security_settings.access
  log_retention_days = module.security_settings.log_retention_days
  name               = var.name
  network            = module.security_settings.network
  protected          = module.security_settings.protected
  services           = module.security_settings.services
  tags               = local.tags
}

module "storage" {
  source = "../../../providers/kubernetes/storage"

  buckets        = module.storage_settings.buckets
  encryption_key = module.security.encryption_key
  name           = var.name
  protected      = module.storage_settings.protected
  repositories   = module.storage_settings.repositories
  tags           = local.tags
}

module "database" {
  source = "../../../providers/kubernetes/database"

  caches         = module.database_settings.caches
  databases      = module.database_settings.databases
  encryption_key = module.security.encryption_key
  name           = var.name
  network        = module.security.network
  protected      = module.database_settings.protected
  service_groups = module.security.service_groups
  tags           = local.tags
}

module "monitoring" {
  source = "../../../providers/kubernetes/monitoring"

  alert_receivers = module.monitoring_settings.alert_receivers
  encryption_key  = module.security.encryption_key
  name            = var.name
  retention_days  = module.monitoring_settings.retention_days
  storage_gb      = module.monitoring_settings.storage_gb
  tags            = local.tags
}
