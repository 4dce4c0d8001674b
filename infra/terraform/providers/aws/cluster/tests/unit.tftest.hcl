mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/stand-in" }
  }
}

variables {
  access             = { platform = { principal = "arn:aws:iam::111122223333:role/data-platform-prod-platform", role = "admin" } }
  dns_zones          = ["Z0123456789ABCDEFGHIJ"]
  encryption_key     = "arn:aws:kms:eu-west-1:111122223333:key/stand-in"
  kubernetes_version = "1.36"
  log_retention_days = 365
  name               = "data-platform-prod"
  network = {
    cluster_subnets       = ["subnet-nodes"]
    control_plane_subnets = ["subnet-control-plane"]
    data_subnets          = []
    id                    = "vpc-stand-in"
  }
  node_pools = {
    general  = { capacity = "on_demand", disk_gb = 100, labels = { pool = "general" }, max = 6, min = 2, size = "medium" }
    training = { accelerator = "nvidia", capacity = "spot", disk_gb = 300, labels = {}, max = 4, min = 0, size = "large" }
  }
  public_access = []
}

run "node_groups_are_what_pools_ask_for" {
  command = plan
  assert {
    condition     = module.cluster.eks_managed_node_groups.training.capacity_type == "SPOT" && module.cluster.eks_managed_node_groups.general.capacity_type == "ON_DEMAND"
    error_message = "Capacity is that of the pool."
  }
  assert {
    condition     = module.cluster.eks_managed_node_groups.training.ami_type == "AL2023_x86_64_NVIDIA" && module.cluster.eks_managed_node_groups.training.taints.accelerator.effect == "NO_SCHEDULE"
    error_message = "Nodes with accelerators have drivers and keep other pods away."
  }
  assert {
    condition     = strcontains(module.cluster.eks_managed_node_groups.training.cloudinit_pre_nodeadm[0].content, "accept-nvidia-visible-devices-envvar-when-unprivileged=false") && length(module.cluster.eks_managed_node_groups.general.cloudinit_pre_nodeadm) == 0
    error_message = "Containers get no devices by their environment."
  }
  assert {
    condition     = module.cluster.eks_managed_node_groups.general.block_device_mappings.root.ebs.encrypted && module.cluster.eks_managed_node_groups.general.block_device_mappings.root.ebs.volume_type == "gp3"
    error_message = "Disks are gp3 and encrypted."
  }
  assert {
    condition     = module.cluster.eks_managed_node_groups.general.metadata_options.http_tokens == "required" && module.cluster.eks_managed_node_groups.general.metadata_options.http_put_response_hop_limit == 1
    error_message = "Pods cannot take the rights of the node."
  }
}

run "people_enter_with_the_roles_of_the_platform" {
  command = plan
  assert {
    condition     = module.cluster.access_entries.platform.policy_associations.admin.policy_arn == "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
    error_message = "admin is AmazonEKSClusterAdminPolicy."
  }
}

run "the_autoscaler_has_an_identity" {
  command = plan
  assert {
    condition     = aws_eks_pod_identity_association.autoscaler.service_account == "cluster-autoscaler" && strcontains(aws_iam_role_policy.autoscaler.policy, "k8s.io/cluster-autoscaler/data-platform-prod")
    error_message = "Pod identity ties the autoscaler to its role, which reaches this cluster only."
  }
}

run "outputs_have_the_shape_that_other_layers_take" {
  assert {
    condition     = output.name == "data-platform-prod" && startswith(output.endpoint, "https://") && output.kubernetes_version == "1.36" && output.credentials == null
    error_message = "The cluster is named; nobody gets a certificate."
  }
}

run "gpu_nodes_are_found_by_the_queue" {
  command = plan
  assert {
    condition     = module.cluster.eks_managed_node_groups.training.labels["nvidia.com/gpu.present"] == "true" && !contains(keys(module.cluster.eks_managed_node_groups.general.labels), "nvidia.com/gpu.present")
    error_message = "Nodes with GPUs have the label of the flavour, others have not."
  }
}

run "add_ons_have_identities_that_end_with_this_cluster" {
  command = plan
  assert {
    condition     = aws_eks_pod_identity_association.identity["secrets"].service_account == "external-secrets" && !strcontains(aws_iam_role_policy.identity["secrets"].policy, "\"Resource\":[\"*\"]")
    error_message = "Secrets are read by the operator alone, and only below the platform's prefixes."
  }
  assert {
    condition     = strcontains(aws_iam_role_policy.identity["dns"].policy, "hostedzone/Z0123456789ABCDEFGHIJ")
    error_message = "Names are written in the given zones only."
  }
  assert {
    condition     = strcontains(aws_iam_role_policy.identity["load-balancers"].policy, "\"aws:ResourceTag/elbv2.k8s.aws/cluster\":\"data-platform-prod\"")
    error_message = "Load balancers of others are not changed."
  }
}
