locals {
  # Several kinds of machine per size: spot capacity comes from whichever nobody else wants.
  instance_types = {
    general = {
      small  = ["m7i.large", "m7a.large", "m6i.large", "m6a.large"]
      medium = ["m7i.2xlarge", "m7a.2xlarge", "m6i.2xlarge", "m6a.2xlarge"]
      large  = ["m7i.8xlarge", "m7a.8xlarge", "m6i.8xlarge", "m6a.8xlarge"]
    }
    nvidia = {
      small  = ["g6.xlarge", "g5.xlarge"]
      medium = ["g6.4xlarge", "g5.4xlarge"]
      large  = ["g6.12xlarge", "g5.12xlarge"]
    }
  }

  node_groups = {
    for name, pool in var.node_pools : name => {
      ami_type       = pool.accelerator == "nvidia" ? "AL2023_x86_64_NVIDIA" : "AL2023_x86_64_STANDARD"
      capacity_type  = upper(pool.capacity)
      instance_types = local.instance_types[coalesce(pool.accelerator, "general")][pool.size]
      # What Kueue's flavour and the device plugin look for; the autoscaler reads it from the group, so that a pool can start from zero.
      labels = merge(pool.labels, pool.accelerator == "nvidia" ? { "nvidia.com/gpu.present" = "true" } : {})

      desired_size = pool.min
      max_size     = pool.max
      min_size     = pool.min

      # Pods that ask for no accelerator stay away from the expensive nodes.
      taints = pool.accelerator == "nvidia" ? {
        accelerator = { key = "nvidia.com/gpu", value = "present", effect = "NO_SCHEDULE" }
      } : {}

      # Devices come from the device plugin alone, and not from variables of a container, its Secrets or its image. Newer images of
      # the node have it so by themselves. The device plugin hands out devices by CDI.
      cloudinit_pre_nodeadm = pool.accelerator == "nvidia" ? [{
        content_type = "text/x-shellscript; charset=\"us-ascii\""
        content      = <<-EOT
          #!/bin/sh
          exec nvidia-ctk config --in-place --set accept-nvidia-visible-devices-envvar-when-unprivileged=false
        EOT
      }] : []

      block_device_mappings = {
        root = {
          device_name = "/dev/xvda"
          ebs = {
            delete_on_termination = true
            encrypted             = true
            kms_key_id            = var.encryption_key
            volume_size           = pool.disk_gb
            volume_type           = "gp3"
          }
        }
      }

      # Pods cannot take the node's rights: the second hop would be theirs.
      metadata_options = {
        http_endpoint               = "enabled"
        http_put_response_hop_limit = 1
        http_tokens                 = "required"
      }
    }
  }
}
