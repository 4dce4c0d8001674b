output "alert_receivers" {
  description = "Mail addresses that hear of alerts, by name"
  value       = var.alert_receivers
  precondition {
    condition     = !var.production || length(var.alert_receivers) > 0
    error_message = "Production needs somebody in alert_receivers: an alert that nobody hears is none."
  }
}

output "retention_days" {
  description = "How long metrics and their logs stay"
  value       = coalesce(var.retention_days, var.production ? 90 : 7)
}

output "storage_gb" {
  description = "Room for metrics"
  value       = var.storage_gb
}
