output "access" {
  description = "Roles in the cluster: a principal, and admin, edit or view"
  value       = var.access
  depends_on  = [kubernetes_cluster_role_binding_v1.access]
}

output "encryption_key" {
  description = "The key that encrypts everything at rest; null where the provider has no keys"
  value       = null
}

output "network" {
  description = "Network of the platform: its id, and the subnets of nodes, control plane and data services (empty where the provider has none)"
  # The network is the cluster's own; what can be fenced off in it is a namespace.
  value = {
    cluster_subnets       = toset([])
    control_plane_subnets = toset([])
    data_subnets          = toset([])
    id                    = kubernetes_namespace_v1.data.metadata[0].name
  }
}

output "service_groups" {
  description = "Security groups that restrict each data service to the cluster, by service"
  value       = { for name, policy in kubernetes_network_policy_v1.service : name => policy.metadata[0].name }
}
