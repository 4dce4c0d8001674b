mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
}

variables {
  encryption_key  = "arn:aws:kms:eu-west-1:111122223333:key/stand-in"
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
