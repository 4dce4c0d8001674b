mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  encryption_key  = null
  alert_receivers = {}
  name            = "data-platform-local"
  retention_days  = 7
  storage_gb      = 5
}

run "monitors_of_every_team_count" {
  command = plan
  variables {
    retention_days = 14
  }
  assert {
    condition     = yamldecode(helm_release.stack.values[0]).prometheus.prometheusSpec.serviceMonitorSelectorNilUsesHelmValues == false
    error_message = "Prometheus takes every ServiceMonitor."
  }
  assert {
    condition     = yamldecode(helm_release.stack.values[0]).prometheus.prometheusSpec.retention == "14d"
    error_message = "Retention is what was asked for."
  }
}

run "grafana_takes_its_password_from_a_secret" {
  command = plan
  assert {
    condition     = yamldecode(helm_release.stack.values[0]).grafana.admin.existingSecret == "grafana-admin"
    error_message = "The chart makes no password of its own."
  }
}

run "outputs_say_where_things_are" {
  assert {
    condition     = output.metrics == "http://monitoring-kube-prometheus-prometheus.data-platform-local-monitoring.svc:9090"
    error_message = "Prometheus is found by the name of its service."
  }
}
