variables {
  node_pools = { general = { min = 1, max = 2 } }
  production = false
}

run "refuses_patch_versions" {
  command = plan
  variables {
    kubernetes_version = "1.36.1"
  }
  expect_failures = [var.kubernetes_version]
}

run "refuses_sizes_it_does_not_know" {
  command = plan
  variables {
    node_pools = { general = { min = 1, max = 2, size = "m7i.large" } }
  }
  expect_failures = [var.node_pools]
}

run "refuses_capacity_it_does_not_know" {
  command = plan
  variables {
    node_pools = { general = { min = 1, max = 2, capacity = "SPOT" } }
  }
  expect_failures = [var.node_pools]
}

run "refuses_accelerators_it_does_not_know" {
  command = plan
  variables {
    node_pools = {
      general  = { min = 1, max = 2 }
      training = { min = 0, max = 2, accelerator = "tpu" }
    }
  }
  expect_failures = [var.node_pools]
}

run "refuses_more_than_the_maximum" {
  command = plan
  variables {
    node_pools = { general = { min = 3, max = 2 } }
  }
  expect_failures = [var.node_pools]
}

run "refuses_a_cluster_whose_own_pods_have_no_place" {
  command = plan
  variables {
    node_pools = { training = { min = 1, max = 2, accelerator = "nvidia" } }
  }
  expect_failures = [var.node_pools]
}

run "refuses_the_whole_internet" {
  command = plan
  variables {
    public_access = ["0.0.0.0/0"]
  }
  expect_failures = [var.public_access]
}

run "refuses_zones_that_are_names" {
  command = plan
  variables {
    dns_zones = ["apps.example.com"]
  }
  expect_failures = [var.dns_zones]
}
