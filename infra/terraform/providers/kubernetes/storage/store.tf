resource "kubernetes_service_v1" "store" {
  metadata {
    name      = "object-store"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    labels    = local.labels
  }
  spec {
    selector = { "app.kubernetes.io/name" = "seaweedfs" }
    port {
      name = "s3"
      port = 8333
    }
    port {
      name = "master"
      port = 9333
    }
    port {
      name = "master-grpc"
      port = 19333
    }
  }
}

# Master, volume server, filer and S3 gateway in one process: enough for a laptop, and one thing to restart.
resource "kubernetes_stateful_set_v1" "store" {
  metadata {
    name      = "object-store"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    labels    = local.labels
  }
  spec {
    service_name = kubernetes_service_v1.store.metadata[0].name
    selector {
      match_labels = { "app.kubernetes.io/name" = "seaweedfs" }
    }
    template {
      metadata {
        labels = local.labels
      }
      spec {
        automount_service_account_token = false
        security_context {
          fs_group        = local.user
          run_as_group    = local.user
          run_as_non_root = true
          run_as_user     = local.user
          seccomp_profile {
            type = "RuntimeDefault"
          }
        }
        container {
          name  = "seaweedfs"
          image = local.image
          args  = ["server", "-dir=/data", "-s3", "-s3.config=/etc/seaweedfs/s3.json", "-s3.port=8333", "-ip.bind=0.0.0.0"]
          port {
            name           = "s3"
            container_port = 8333
          }
          readiness_probe {
            tcp_socket {
              port = "s3"
            }
          }
          resources {
            limits   = { memory = "1Gi" }
            requests = { cpu = "100m", memory = "256Mi" }
          }
          security_context {
            allow_privilege_escalation = false
            read_only_root_filesystem  = true
            capabilities {
              drop = ["ALL"]
            }
          }
          volume_mount {
            name       = "data"
            mount_path = "/data"
          }
          volume_mount {
            name       = "credentials"
            mount_path = "/etc/seaweedfs"
            read_only  = true
          }
          volume_mount {
            name       = "temporary"
            mount_path = "/tmp"
          }
        }
        volume {
          name = "credentials"
          secret {
            secret_name = kubernetes_secret_v1.credentials.metadata[0].name
          }
        }
        volume {
          name = "temporary"
          empty_dir {}
        }
      }
    }
    volume_claim_template {
      metadata {
        name = "data"
      }
      spec {
        access_modes       = ["ReadWriteOnce"]
        storage_class_name = kubernetes_storage_class_v1.this.metadata[0].name
        resources {
          requests = { storage = "10Gi" }
        }
      }
    }
  }
}
