# SeaweedFS has no resource for a bucket; its shell makes one, and leaves one that exists as it is.
resource "kubernetes_job_v1" "bucket" {
  for_each = var.buckets

  wait_for_completion = true
  metadata {
    name      = "bucket-${each.key}"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    labels    = merge(local.labels, { "app.kubernetes.io/name" = "bucket" })
  }
  spec {
    backoff_limit = 10
    template {
      metadata {
        labels = merge(local.labels, { "app.kubernetes.io/name" = "bucket" })
      }
      spec {
        automount_service_account_token = false
        restart_policy                  = "OnFailure"
        security_context {
          run_as_group    = local.user
          run_as_non_root = true
          run_as_user     = local.user
          seccomp_profile {
            type = "RuntimeDefault"
          }
        }
        container {
          name    = "weed"
          image   = local.image
          command = ["sh", "-ec", "echo \"s3.bucket.create -name $BUCKET\" | weed shell -master=\"$MASTER\""]
          env {
            name  = "BUCKET"
            value = "${var.name}-${each.key}"
          }
          env {
            name  = "MASTER"
            value = "${kubernetes_service_v1.store.metadata[0].name}:9333"
          }
          resources {
            limits   = { memory = "256Mi" }
            requests = { cpu = "50m", memory = "64Mi" }
          }
          security_context {
            allow_privilege_escalation = false
            capabilities {
              drop = ["ALL"]
            }
          }
        }
      }
    }
  }
  timeouts {
    create = "10m"
  }
  depends_on = [kubernetes_stateful_set_v1.store]
}
