variables {
  node_pools = {
    general  = { min = 2, max = 6, size = "medium" }
    training = { accelerator = "nvidia", min = 0, max = 4, capacity = "spot" }
  }
  production = true
}

run "production_keeps_its_nodes" {
  command = plan
  assert {
    condition     = output.node_pools.general.capacity == "on_demand" && output.node_pools.training.capacity == "spot"
    error_message = "Production takes nodes on demand unless a pool asks for spot."
  }
  assert {
    condition     = output.node_pools.training.disk_gb == 300 && output.node_pools.general.disk_gb == 100
    error_message = "Nodes with accelerators have room for large images."
  }
}

run "elsewhere_nodes_are_cheap" {
  command = plan
  variables {
    production = false
  }
  assert {
    condition     = output.node_pools.general.capacity == "spot" && output.log_retention_days == 30
    error_message = "Outside production nodes are spot."
  }
}

run "the_api_is_private" {
  command = plan
  assert {
    condition     = length(output.public_access) == 0
    error_message = "Nobody reaches the API from outside unless a range is given."
  }
}

run "a_node_tells_its_pool" {
  command = plan
  assert {
    condition     = output.node_pools.general.labels["ml-platform.io/pool"] == "general"
    error_message = "Nodes are labelled with their pool."
  }
}
