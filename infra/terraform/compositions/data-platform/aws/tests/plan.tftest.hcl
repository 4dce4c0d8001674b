# Run once per <cluster>.tfvars.
mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
}

run "layers_fit_together" {
  command = plan
  assert {
    condition     = output.cluster.name == var.name
    error_message = "The cluster has the platform's name."
  }
  assert {
    condition     = toset(keys(output.databases)) == toset(keys(var.databases)) && toset(keys(output.caches)) == toset(keys(var.caches)) && toset(keys(output.buckets)) == toset(keys(var.storage.buckets))
    error_message = "Everything that was asked for is made."
  }
}

run "production_is_protected" {
  command = plan
  assert {
    condition     = module.database_settings.protected == var.production && module.storage_settings.protected == var.production
    error_message = "Production, and only production, refuses deletion."
  }
}

run "every_environment_is_told_to_team_roots" {
  command = plan
  assert {
    condition     = toset(keys(aws_ssm_parameter.environment)) == toset(keys(var.environments))
    error_message = "There is a parameter for each environment."
  }
}

run "teams_need_an_environment_that_exists" {
  command = plan
  variables {
    delivery = {
      branch               = "main"
      identity_provider    = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
      repository           = "example/platform"
      state_bucket         = "state"
      state_encryption_key = "arn:aws:kms:eu-west-1:111122223333:key/state"
      teams                = { app-ml-team = { environments = ["nowhere"] } }
    }
  }
  expect_failures = [var.delivery]
}

run "a_name_is_checked_before_aws_does" {
  command = plan
  variables {
    name = "Data Platform"
  }
  expect_failures = [var.name]
}

run "a_budget_tells_those_who_get_alerts" {
  command = plan
  variables {
    monitoring = { alert_receivers = { platform = "platform@example.com" }, monthly_budget = 500 }
  }
  assert {
    condition     = aws_budgets_budget.this[0].limit_amount == "500" && length(aws_budgets_budget.this[0].notification) == 2
    error_message = "The budget has its limit, and tells before and when it is reached."
  }
}

run "refuses_budgets_that_allow_nothing" {
  command = plan
  variables {
    monitoring = { monthly_budget = 0 }
  }
  expect_failures = [var.monitoring]
}
