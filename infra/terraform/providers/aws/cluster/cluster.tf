locals {
  policies = {
    admin = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
    edit  = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"
    view  = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
  }
}

module "cluster" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 20.0"

  cluster_name             = var.name
  cluster_version          = var.kubernetes_version
  control_plane_subnet_ids = try(var.network.control_plane_subnets, [])
  subnet_ids               = try(var.network.cluster_subnets, [])
  tags                     = var.tags
  vpc_id                   = try(var.network.id, null)

  # Whoever ran Terraform has no rights of its own in the cluster: those in `access` have.
  access_entries = {
    for name, entry in var.access : name => {
      principal_arn = entry.principal
      policy_associations = {
        (entry.role) = {
          access_scope = { type = "cluster" }
          policy_arn   = local.policies[entry.role]
        }
      }
    }
  }
  authentication_mode                      = "API"
  enable_cluster_creator_admin_permissions = false

  cluster_endpoint_private_access      = true
  cluster_endpoint_public_access       = length(var.public_access) > 0
  cluster_endpoint_public_access_cidrs = var.public_access

  cloudwatch_log_group_kms_key_id        = var.encryption_key
  cloudwatch_log_group_retention_in_days = var.log_retention_days
  cluster_enabled_log_types              = ["api", "audit", "authenticator"]

  cluster_encryption_config = { provider_key_arn = var.encryption_key, resources = ["secrets"] }
  create_kms_key            = false

  bootstrap_self_managed_addons = false
  cluster_addons                = local.addons
  # Workloads get their rights from pod identity.
  enable_irsa = false

  eks_managed_node_groups = local.node_groups
}
