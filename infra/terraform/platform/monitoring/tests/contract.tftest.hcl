variables {
  production = false
}

run "refuses_what_is_no_address" {
  command = plan
  variables {
    alert_receivers = { platform = "platform" }
  }
  expect_failures = [var.alert_receivers]
}

run "refuses_production_that_nobody_watches" {
  command = plan
  variables {
    production = true
  }
  expect_failures = [output.alert_receivers]
}

run "refuses_odd_periods" {
  command = plan
  variables {
    retention_days = 8
  }
  expect_failures = [var.retention_days]
}

run "refuses_too_little_room" {
  command = plan
  variables {
    storage_gb = 1
  }
  expect_failures = [var.storage_gb]
}
