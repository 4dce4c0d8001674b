output "access" {
  description = "Roles in the cluster: a principal, and admin, edit or view"
  value = {
    for name, entry in var.access : name => {
      principal = aws_iam_role.access[name].arn
      role      = entry.role
    }
  }
}

output "encryption_key" {
  description = "The key that encrypts everything at rest; null where the provider has no keys"
  value       = aws_kms_key.this.arn
}

output "network" {
  description = "Network of the platform: its id, and the subnets of nodes, control plane and data services (empty where the provider has none)"
  value = {
    cluster_subnets       = toset(module.network.private_subnets)
    control_plane_subnets = toset(module.network.intra_subnets)
    data_subnets          = toset(module.network.database_subnets)
    id                    = module.network.vpc_id
  }
}

output "service_groups" {
  description = "Security groups that restrict each data service to the cluster, by service"
  value       = { for name, group in aws_security_group.service : name => group.id }
}
