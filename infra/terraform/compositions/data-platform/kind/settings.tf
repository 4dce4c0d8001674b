# What this platform is, in words that hold for every provider.

module "cluster_settings" {
  source = "../../../platform/cluster"

  dns_zones          = var.cluster.dns_zones
  kubernetes_version = var.cluster.kubernetes_version
  node_pools         = var.cluster.node_pools
  production         = var.production
  public_access      = var.cluster.public_access
}

module "database_settings" {
  source = "../../../platform/database"

  caches     = var.caches
  databases  = var.databases
  production = var.production
}

module "monitoring_settings" {
  source = "../../../platform/monitoring"

  alert_receivers = var.monitoring.alert_receivers
  production      = var.production
  retention_days  = var.monitoring.retention_days
  storage_gb      = var.monitoring.storage_gb
}

module "security_settings" {
  source = "../../../platform/security"

  access     = var.access
  network    = var.network
  production = var.production
}

module "storage_settings" {
  source = "../../../platform/storage"

  buckets      = var.storage.buckets
  production   = var.production
  repositories = var.storage.repositories
}
