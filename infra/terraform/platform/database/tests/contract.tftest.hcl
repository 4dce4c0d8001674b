variables {
  production = false
}

run "refuses_names_of_caches" {
  command = plan
  variables {
    caches = { "a-cache-with-a-long-name" = {} }
  }
  expect_failures = [var.caches]
}

run "refuses_sizes_of_caches" {
  command = plan
  variables {
    caches = { features = { size = "huge" } }
  }
  expect_failures = [var.caches]
}

run "refuses_names_of_databases" {
  command = plan
  variables {
    databases = { ML_Flow = {} }
  }
  expect_failures = [var.databases]
}

run "refuses_sizes_of_databases" {
  command = plan
  variables {
    databases = { mlflow = { size = "db.m7g.large" } }
  }
  expect_failures = [var.databases]
}

run "refuses_to_shrink" {
  command = plan
  variables {
    databases = { mlflow = { storage_gb = 200 } }
  }
  expect_failures = [var.databases]
}

run "refuses_databases_without_backups" {
  command = plan
  variables {
    databases = { mlflow = { backup_days = 0 } }
  }
  expect_failures = [var.databases]
}

run "refuses_versions_it_does_not_know" {
  command = plan
  variables {
    databases = { mlflow = { version = "9.6" } }
  }
  expect_failures = [var.databases]
}
