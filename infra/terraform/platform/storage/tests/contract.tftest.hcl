variables {
  production = false
}

run "refuses_names_of_buckets" {
  command = plan
  variables {
    buckets = { "Models" = {} }
  }
  expect_failures = [var.buckets]
}

run "refuses_days_below_one" {
  command = plan
  variables {
    buckets = { models = { keep_old_versions_days = 0 } }
  }
  expect_failures = [var.buckets]
}

run "refuses_names_of_repositories" {
  command = plan
  variables {
    repositories = { "platform//tools" = {} }
  }
  expect_failures = [var.repositories]
}

run "refuses_to_keep_no_image" {
  command = plan
  variables {
    repositories = { tools = { keep_images = 0 } }
  }
  expect_failures = [var.repositories]
}
