output "alerts" {
  description = "Targets of alerts"
  value       = aws_sns_topic.alerts.arn
}

output "dashboards" {
  description = "Address of Grafana in the cluster; null where it comes with GitOps"
  value       = null
}

output "metrics" {
  description = "Address of the Prometheus API"
  value       = aws_prometheus_workspace.this.prometheus_endpoint
}
