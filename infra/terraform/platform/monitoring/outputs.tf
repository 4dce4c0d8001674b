output "alert_receivers" {
  description = "Email addresses of alert receivers, by name"
  value       = var.alert_receivers
  precondition {
    condition     = !var.production || length(var.alert_receivers) > 0
    error_message = "Production requires at least one entry in alert_receivers."
  }
}

output "retention_days" {
  description = "Retention of metrics and their logs"
  value       = coalesce(var.retention_days, var.production ? 90 : 7)
}

output "storage_gb" {
  description = "Storage for metrics"
  value       = var.storage_gb
}
