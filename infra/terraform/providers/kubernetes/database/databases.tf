resource "random_password" "database" {
  for_each = var.databases

  length  = 32
  special = false
}

resource "kubernetes_secret_v1" "database" {
  for_each = var.databases

  metadata {
    name      = "${each.key}-database"
    namespace = var.network.id
    labels    = local.labels
  }
  data = {
    database = replace(each.key, "-", "_")
    password = random_password.database[each.key].result
    username = "postgres"
  }
}

resource "kubernetes_service_v1" "database" {
  for_each = var.databases

  metadata {
    name      = each.key
    namespace = var.network.id
    labels    = merge(local.labels, { "app.kubernetes.io/name" = each.key, "app.kubernetes.io/component" = "database" })
  }
  spec {
    selector = { "app.kubernetes.io/name" = each.key, "app.kubernetes.io/component" = "database" }
    port {
      port = 5432
    }
  }
}

resource "kubernetes_stateful_set_v1" "database" {
  for_each = var.databases

  metadata {
    name      = each.key
    namespace = var.network.id
    labels    = kubernetes_service_v1.database[each.key].metadata[0].labels
  }
  spec {
    service_name = kubernetes_service_v1.database[each.key].metadata[0].name
    # Deleting the database keeps its volume where that is asked for.
    persistent_volume_claim_retention_policy {
      when_deleted = var.protected ? "Retain" : "Delete"
      when_scaled  = "Retain"
    }
    selector {
      match_labels = { "app.kubernetes.io/name" = each.key, "app.kubernetes.io/component" = "database" }
    }
    template {
      metadata {
        # The network policy "database" opens the port to the namespaces of teams.
        labels = kubernetes_service_v1.database[each.key].metadata[0].labels
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
          name  = "database"
          image = local.images.postgres[each.value.version]
          env {
            name  = "PGDATA"
            value = "/var/lib/postgresql/data/pgdata"
          }
          env {
            name  = "POSTGRES_DB"
            value = replace(each.key, "-", "_")
          }
          env {
            name = "POSTGRES_PASSWORD"
            value_from {
              secret_key_ref {
                name = kubernetes_secret_v1.database[each.key].metadata[0].name
                key  = "password"
              }
            }
          }
          port {
            container_port = 5432
          }
          readiness_probe {
            tcp_socket {
              port = 5432
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
            mount_path = "/var/lib/postgresql/data"
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
          requests = { storage = "${each.value.storage_gb}Gi" }
        }
      }
    }
  }
}
