output "dns_zones" {
  description = "IDs of the hosted zones in which the cluster writes names"
  value       = var.dns_zones
}

output "kubernetes_version" {
  description = "Minor version of Kubernetes"
  value       = var.kubernetes_version
}

output "log_retention_days" {
  description = "Retention of control plane logs"
  value       = var.production ? 365 : 30
}

output "node_pools" {
  description = "Pools of nodes with every setting decided"
  value = {
    for name, pool in var.node_pools : name => merge(pool, {
      capacity = coalesce(pool.capacity, var.production ? "on_demand" : "spot")
      # Images of training jobs weigh ten gigabytes and more.
      disk_gb = coalesce(pool.disk_gb, pool.accelerator == null ? 100 : 300)
      labels  = merge({ "ml-platform.io/pool" = name }, pool.labels)
    })
  }
}

output "public_access" {
  description = "Address ranges from which the API can be reached over the internet"
  value       = var.public_access
}
