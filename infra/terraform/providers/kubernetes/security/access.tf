locals {
  cluster_roles = { admin = "cluster-admin", edit = "edit", view = "view" }
}

resource "kubernetes_cluster_role_binding_v1" "access" {
  for_each = var.access

  metadata {
    name   = "${var.name}-${each.key}"
    labels = merge(var.tags, { "app.kubernetes.io/managed-by" = "terraform" })
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = local.cluster_roles[each.value.role]
  }
  subject {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Group"
    name      = each.value.principal
  }
}
