# Where the platform's data services run. Namespaces of teams belong to GitOps (gitops/tenants).
resource "kubernetes_namespace_v1" "data" {
  metadata {
    name = "${var.name}-data"
    labels = merge(var.tags, {
      "app.kubernetes.io/managed-by"       = "terraform"
      "pod-security.kubernetes.io/audit"   = "restricted"
      "pod-security.kubernetes.io/enforce" = "restricted"
      "pod-security.kubernetes.io/warn"    = "restricted"
    })
  }
}
