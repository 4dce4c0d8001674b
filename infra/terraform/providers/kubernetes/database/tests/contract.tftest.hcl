mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  encryption_key = null
  caches         = {}
  databases      = {}
  name           = "data-platform-dev"
  network = {
    cluster_subnets       = []
    control_plane_subnets = []
    data_subnets          = []
    id                    = "data-platform-dev-data"
  }
  protected      = false
  service_groups = { cache = "cache", database = "database" }
}

run "takes_nothing_at_all" {
  command = plan
}

run "refuses_sizes_of_caches" {
  command = plan
  variables {
    caches = { features = { high_availability = false, size = "huge" } }
  }
  expect_failures = [var.caches]
}

run "refuses_sizes_of_databases" {
  command = plan
  variables {
    databases = {
      mlflow = { backup_days = 3, high_availability = false, max_storage_gb = 100, size = "huge", storage_gb = 20, version = "17" }
    }
  }
  expect_failures = [var.databases]
}

run "refuses_databases_without_backups" {
  command = plan
  variables {
    databases = {
      mlflow = { backup_days = 0, high_availability = false, max_storage_gb = 100, size = "small", storage_gb = 20, version = "17" }
    }
  }
  expect_failures = [var.databases]
}

run "refuses_versions_it_does_not_know" {
  command = plan
  variables {
    databases = {
      mlflow = { backup_days = 3, high_availability = false, max_storage_gb = 100, size = "small", storage_gb = 20, version = "9.6" }
    }
  }
  expect_failures = [var.databases]
}

run "refuses_names_that_aws_would_refuse" {
  command = plan
  variables {
    name = "-data"
  }
  expect_failures = [var.name]
}

run "refuses_services_that_anybody_could_reach" {
  command = plan
  variables {
    service_groups = { database = "database" }
  }
  expect_failures = [var.service_groups]
}
