mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  encryption_key = null
  buckets        = {}
  name           = "data-platform-dev"
  protected      = false
  repositories   = {}
}

run "takes_nothing_at_all" {
  command = plan
}

run "refuses_days_below_one" {
  command = plan
  variables {
    buckets = { models = { keep_old_versions_days = 0 } }
  }
  expect_failures = [var.buckets]
}

run "refuses_names_that_aws_would_refuse" {
  command = plan
  variables {
    name = "Data_Platform"
  }
  expect_failures = [var.name]
}

run "refuses_to_keep_no_image" {
  command = plan
  variables {
    repositories = { tools = { keep_images = 0 } }
  }
  expect_failures = [var.repositories]
}
