# Run once per <cluster>.tfvars: any environment can be rehearsed on a laptop.
mock_provider "helm" {}
mock_provider "kind" {
  mock_resource "kind_cluster" {
    defaults = {
      client_certificate     = "c3RhbmQtaW4="
      client_key             = "c3RhbmQtaW4="
      cluster_ca_certificate = "c3RhbmQtaW4="
      endpoint               = "https://127.0.0.1:6443"
    }
  }
}
mock_provider "kubernetes" {}
mock_provider "random" {}

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

run "refuses_budgets_that_allow_nothing" {
  command = plan
  variables {
    monitoring = { monthly_budget = 0 }
  }
  expect_failures = [var.monitoring]
}
