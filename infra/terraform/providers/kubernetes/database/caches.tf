resource "random_password" "cache" {
  for_each = var.caches

  length  = 32
  special = false
}

resource "kubernetes_secret_v1" "cache" {
  for_each = var.caches

  metadata {
    name      = "${each.key}-cache"
    namespace = var.network.id
    labels    = local.labels
  }
  data = {
    password = random_password.cache[each.key].result
  }
}

resource "kubernetes_service_v1" "cache" {
  for_each = var.caches

  metadata {
    name      = each.key
    namespace = var.network.id
    labels    = merge(local.labels, { "app.kubernetes.io/name" = each.key, "app.kubernetes.io/component" = "cache" })
  }
  spec {
    selector = { "app.kubernetes.io/name" = each.key, "app.kubernetes.io/component" = "cache" }
    port {
      port = 6379
    }
  }
}

resource "kubernetes_stateful_set_v1" "cache" {
  for_each = var.caches

  metadata {
    name      = each.key
    namespace = var.network.id
    labels    = kubernetes_service_v1.cache[each.key].metadata[0].labels
  }
  spec {
    service_name = kubernetes_service_v1.cache[each.key].metadata[0].name
    # Deleting the database keeps its volume where that is asked for.
    persistent_volume_claim_retention_policy {
      when_deleted = var.protected ? "Retain" : "Delete"
      when_scaled  = "Retain"
    }
    selector {
      match_labels = { "app.kubernetes.io/name" = each.key, "app.kubernetes.io/component" = "cache" }
    }
    template {
      metadata {
        # The network policy "cache" opens the port to the namespaces of teams.
        labels = kubernetes_service_v1.cache[each.key].metadata[0].labels
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
          name  = "cache"
          image = local.images.cache
          args  = ["valkey-server", "--requirepass", "$(PASSWORD)", "--dir", "/data"]
          env {
            name = "PASSWORD"
            value_from {
              secret_key_ref {
                name = kubernetes_secret_v1.cache[each.key].metadata[0].name
                key  = "password"
              }
            }
          }
          port {
            container_port = 6379
          }
          readiness_probe {
            tcp_socket {
              port = 6379
            }
          }
          resources {
            limits   = { memory = local.memory[each.value.size] }
            requests = { cpu = "50m", memory = local.memory[each.value.size] }
          }
          security_context {
            allow_privilege_escalation = false
            capabilities {
              drop = ["ALL"]
            }
          }
          volume_mount {
            name       = "data"
            mount_path = "/data"
          }
        }
      }
    }
    volume_claim_template {
      metadata {
        name = "data"
      }
      spec {
        access_modes = ["ReadWriteOnce"]
        resources {
          requests = { storage = "1Gi" }
        }
      }
    }
  }
}
