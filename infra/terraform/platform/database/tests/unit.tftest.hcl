variables {
  caches     = { features = {} }
  databases  = { mlflow = { storage_gb = 50 } }
  production = true
}

run "production_has_a_standby_and_backups" {
  command = plan
  assert {
    condition     = output.databases.mlflow.high_availability && output.databases.mlflow.backup_days == 30 && output.caches.features.high_availability && output.protected
    error_message = "Production has standbys, backups for a month, and refuses deletion."
  }
}

run "elsewhere_databases_are_cheap" {
  command = plan
  variables {
    production = false
  }
  assert {
    condition     = !output.databases.mlflow.high_availability && output.databases.mlflow.backup_days == 3 && !output.caches.features.high_availability && !output.protected
    error_message = "Outside production one machine and three days of backups are enough."
  }
}

run "what_is_set_explicitly_wins" {
  command = plan
  variables {
    databases = { mlflow = { backup_days = 7, high_availability = false } }
  }
  assert {
    condition     = !output.databases.mlflow.high_availability && output.databases.mlflow.backup_days == 7
    error_message = "backup_days and high_availability are taken as given."
  }
}
