output "access" {
  description = "Roles in the cluster"
  value       = var.access
}

output "log_retention_days" {
  description = "Retention of network and cluster logs"
  value       = var.production ? 365 : 30
}

output "network" {
  description = "Addresses and zones with every setting decided"
  value       = merge(var.network, { internet = coalesce(var.network.internet, var.production ? "per_zone" : "single") })
}

output "protected" {
  description = "Keep deleted data recoverable for 30 days"
  value       = var.production
}

output "services" {
  description = "Data services that only the cluster may reach"
  value       = var.services
}
