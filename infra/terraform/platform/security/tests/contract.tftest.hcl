variables {
  access     = { platform = { principal = "platform-engineers", role = "admin" } }
  production = false
}

run "refuses_roles_it_does_not_know" {
  command = plan
  variables {
    access = {
      platform = { principal = "platform-engineers", role = "admin" }
      others   = { principal = "others", role = "owner" }
    }
  }
  expect_failures = [var.access]
}

run "refuses_a_cluster_nobody_can_enter" {
  command = plan
  variables {
    access = { readers = { principal = "readers", role = "view" } }
  }
  expect_failures = [var.access]
}

run "refuses_a_network_that_is_too_small" {
  command = plan
  variables {
    network = { address_range = "10.0.0.0/24" }
  }
  expect_failures = [var.network]
}

run "refuses_a_single_zone" {
  command = plan
  variables {
    network = { zones = 1 }
  }
  expect_failures = [var.network]
}

run "refuses_ways_out_it_does_not_know" {
  command = plan
  variables {
    network = { internet = "open" }
  }
  expect_failures = [var.network]
}

run "refuses_ports_that_do_not_exist" {
  command = plan
  variables {
    services = { database = { port = 70000 } }
  }
  expect_failures = [var.services]
}
