variables {
  environment      = "dev"
  namespace_suffix = "-dev"
  team             = "app-ml-team"
}

run "refuses_long_environments" {
  command = plan
  variables {
    environment = "development"
  }
  expect_failures = [var.environment]
}

run "takes_no_suffix" {
  command = plan
  variables {
    environment      = "prod"
    namespace_suffix = ""
  }
}

run "refuses_suffixes_that_would_run_into_the_team" {
  command = plan
  variables {
    namespace_suffix = "dev"
  }
  expect_failures = [var.namespace_suffix]
}

run "refuses_names_of_teams" {
  command = plan
  variables {
    team = "app--team"
  }
  expect_failures = [var.team]
}
