resource "kubernetes_network_policy_v1" "default_deny" {
  metadata {
    name      = "default-deny"
    namespace = kubernetes_namespace_v1.data.metadata[0].name
  }
  spec {
    policy_types = ["Ingress", "Egress"]
    pod_selector {}
  }
}

# Without it nothing finds anything: a default deny stops DNS as well.
resource "kubernetes_network_policy_v1" "name_resolution" {
  metadata {
    name      = "name-resolution"
    namespace = kubernetes_namespace_v1.data.metadata[0].name
  }
  spec {
    policy_types = ["Egress"]
    pod_selector {}
    egress {
      to {
        namespace_selector {
          match_labels = { "kubernetes.io/metadata.name" = "kube-system" }
        }
      }
      ports {
        port     = "53"
        protocol = "UDP"
      }
      ports {
        port     = "53"
        protocol = "TCP"
      }
    }
  }
}

resource "kubernetes_network_policy_v1" "service" {
  for_each = var.services

  metadata {
    name      = each.key
    namespace = kubernetes_namespace_v1.data.metadata[0].name
  }
  spec {
    policy_types = ["Ingress"]
    pod_selector {
      match_labels = { "app.kubernetes.io/component" = each.key }
    }
    ingress {
      # Only the platform can put this label on a namespace.
      from {
        namespace_selector {
          match_expressions {
            key      = "ml-platform.io/team"
            operator = "Exists"
          }
        }
      }
      ports {
        port     = tostring(each.value.port)
        protocol = "TCP"
      }
    }
  }
}
