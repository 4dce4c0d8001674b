mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  encryption_key  = null
  alert_receivers = {}
  name            = "data-platform-dev"
  retention_days  = 7
  storage_gb      = 5
}

run "takes_no_receivers" {
  command = plan
}

run "refuses_what_is_no_address" {
  command = plan
  variables {
    alert_receivers = { platform = "platform" }
  }
  expect_failures = [var.alert_receivers]
}

run "refuses_names_that_aws_would_refuse" {
  command = plan
  variables {
    name = "x"
  }
  expect_failures = [var.name]
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
