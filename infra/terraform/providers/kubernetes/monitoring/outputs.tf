output "alerts" {
  description = "Targets of alerts"
  value       = "http://monitoring-kube-prometheus-alertmanager.${helm_release.stack.namespace}.svc:9093"
}

output "dashboards" {
  description = "Address of Grafana in the cluster; null where it comes with GitOps"
  value       = "http://monitoring-grafana.${helm_release.stack.namespace}.svc"
}

output "metrics" {
  description = "Address of the Prometheus API"
  value       = "http://monitoring-kube-prometheus-prometheus.${helm_release.stack.namespace}.svc:9090"
}
