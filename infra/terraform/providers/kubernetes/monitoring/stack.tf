resource "kubernetes_namespace_v1" "this" {
  metadata {
    name = "${var.name}-monitoring"
    labels = merge(var.tags, {
      "app.kubernetes.io/managed-by"       = "terraform"
      "pod-security.kubernetes.io/enforce" = "baseline"
    })
  }
}

resource "random_password" "grafana" {
  length = 32
}

resource "kubernetes_secret_v1" "grafana" {
  metadata {
    name      = "grafana-admin"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
  }
  data = {
    password = random_password.grafana.result
    username = "admin"
  }
}

resource "helm_release" "stack" {
  chart      = "kube-prometheus-stack"
  name       = "monitoring"
  namespace  = kubernetes_namespace_v1.this.metadata[0].name
  repository = "https://prometheus-community.github.io/helm-charts"
  version    = "91.5.0"

  atomic  = true
  timeout = 900
  values = [yamlencode({
    # Kind's control plane listens on loopback only; targets that never answer are noise.
    kubeControllerManager = { enabled = false }
    kubeEtcd              = { enabled = false }
    kubeProxy             = { enabled = false }
    kubeScheduler         = { enabled = false }
    # It mounts the node's file system, which Pod Security refuses here.
    nodeExporter = { enabled = false }

    grafana = {
      admin = { existingSecret = kubernetes_secret_v1.grafana.metadata[0].name, passwordKey = "password", userKey = "username" }
      sidecar = {
        # Dashboards are files named after keys of ConfigMaps: of all namespaces, in one directory.
        enableUniqueFilenames = true

        dashboards = { label = "grafana_dashboard", labelValue = "1", searchNamespace = "ALL" }
      }
    }
    prometheus = {
      prometheusSpec = {
        # Monitors of every team count, not only those of this release.
        podMonitorSelectorNilUsesHelmValues     = false
        ruleSelectorNilUsesHelmValues           = false
        serviceMonitorSelectorNilUsesHelmValues = false

        replicas  = 1
        retention = "${var.retention_days}d"
        resources = { requests = { cpu = "100m", memory = "400Mi" } }
        storageSpec = {
          volumeClaimTemplate = {
            spec = { accessModes = ["ReadWriteOnce"], resources = { requests = { storage = "${var.storage_gb}Gi" } } }
          }
        }
      }
    }
  })]
}
