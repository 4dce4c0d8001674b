locals {
  # Images of Kind's own release, by digest: another build of the same version would not be what was tested.
  images = {
    "1.36" = "kindest/node:v1.36.1@sha256:3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5"
    "1.37" = "kindest/node:v1.37.0@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5"
  }

  # A laptop has no autoscaler: every pool runs at its minimum, and one that may be empty has a node to try it on.
  nodes = merge([
    for name, pool in var.node_pools : {
      for index in range(max(pool.min, 1)) : "${name}-${index}" => merge(pool.labels, {
        "ml-platform.io/accelerator" = coalesce(pool.accelerator, "none")
      })
    }
  ]...)

  configuration = {
    image = lookup(local.images, var.kubernetes_version, null)
    nodes = local.nodes
  }
}

# The provider accepts a change and does nothing; so a change is a new cluster.
resource "terraform_data" "configuration" {
  input = local.configuration
}

# Kind 0.33 merges these arguments with its own; an older one replaces its own with them.
resource "kind_cluster" "this" {
  name           = var.name
  node_image     = local.configuration.image
  wait_for_ready = true

  kind_config {
    api_version = "kind.x-k8s.io/v1alpha4"
    kind        = "Cluster"

    node {
      role = "control-plane"
      kubeadm_config_patches = [yamlencode({
        kind             = "InitConfiguration"
        nodeRegistration = { kubeletExtraArgs = [{ name = "node-labels", value = "ingress-ready=true" }] }
      })]
      extra_port_mappings {
        container_port = 80
        host_port      = 8080
      }
      extra_port_mappings {
        container_port = 443
        host_port      = 8443
      }
    }

    dynamic "node" {
      for_each = local.configuration.nodes
      content {
        role = "worker"
        kubeadm_config_patches = [yamlencode({
          kind = "JoinConfiguration"
          nodeRegistration = {
            kubeletExtraArgs = [{
              name  = "node-labels"
              value = join(",", [for key, value in node.value : "${key}=${value}"])
            }]
          }
        })]
      }
    }
  }

  lifecycle {
    replace_triggered_by = [terraform_data.configuration]
    precondition {
      condition     = contains(keys(local.images), var.kubernetes_version)
      error_message = "Kind runs Kubernetes ${join(" or ", keys(local.images))} here; add the image of another version to cluster.tf, with its digest."
    }
  }
}
