output "access" {
  description = "Who may do what in the cluster"
  value       = var.access
}

output "log_retention_days" {
  description = "How long logs of the network and the cluster stay"
  value       = var.production ? 365 : 30
}

output "network" {
  description = "Addresses and zones with every setting decided"
  value       = merge(var.network, { internet = coalesce(var.network.internet, var.production ? "per_zone" : "single") })
}

output "protected" {
  description = "Whether what was deleted can be rescued for a month"
  value       = var.production
}

output "services" {
  description = "Data services that only the cluster may reach"
  value       = var.services
}
