mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/stand-in" }
  }
}

variables {
  access             = { platform = { principal = "arn:aws:iam::111122223333:role/engineers", role = "admin" } }
  log_retention_days = 30
  name               = "data-platform-dev"
  network            = { address_range = "10.0.0.0/16", internet = "single", zones = 2 }
  protected          = false
  services           = {}
}

run "takes_no_services" {
  command = plan
}

run "refuses_roles_it_does_not_know" {
  command = plan
  variables {
    access = { others = { principal = "others", role = "owner" } }
  }
  expect_failures = [var.access]
}

run "refuses_periods_that_aws_would_refuse" {
  command = plan
  variables {
    log_retention_days = 31
  }
  expect_failures = [var.log_retention_days]
}

run "refuses_names_that_aws_would_refuse" {
  command = plan
  variables {
    name = "dp-"
  }
  expect_failures = [var.name]
}

run "refuses_ways_out_it_does_not_know" {
  command = plan
  variables {
    network = { address_range = "10.0.0.0/16", internet = "open", zones = 2 }
  }
  expect_failures = [var.network]
}

run "refuses_ports_that_do_not_exist" {
  command = plan
  variables {
    services = { database = { port = 0 } }
  }
  expect_failures = [var.services]
}
