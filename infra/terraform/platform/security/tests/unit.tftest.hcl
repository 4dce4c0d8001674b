variables {
  access     = { platform = { principal = "platform-engineers", role = "admin" } }
  production = true
}

run "production_survives_the_loss_of_a_zone" {
  command = plan
  assert {
    condition     = output.network.internet == "per_zone" && output.network.zones == 3 && output.log_retention_days == 365
    error_message = "Production has a gateway per zone and keeps logs for a year."
  }
}

run "elsewhere_one_gateway_is_enough" {
  command = plan
  variables {
    production = false
  }
  assert {
    condition     = output.network.internet == "single" && output.log_retention_days == 30 && !output.protected
    error_message = "Outside production one gateway serves all zones, and logs go after a month."
  }
}

run "what_is_set_explicitly_wins" {
  command = plan
  variables {
    network = { internet = "none", zones = 2 }
  }
  assert {
    condition     = output.network == { address_range = "10.0.0.0/16", internet = "none", zones = 2 }
    error_message = "internet and zones are taken as given."
  }
}
