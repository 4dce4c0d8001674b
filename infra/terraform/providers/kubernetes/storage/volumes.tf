# Kind brings the provisioner; its own class cannot keep a volume whose claim is gone.
resource "kubernetes_storage_class_v1" "this" {
  reclaim_policy      = var.protected ? "Retain" : "Delete"
  storage_provisioner = "rancher.io/local-path"
  volume_binding_mode = "WaitForFirstConsumer"
  metadata {
    name   = var.name
    labels = local.labels
  }
}
