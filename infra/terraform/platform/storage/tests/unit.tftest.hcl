variables {
  buckets = {
    models  = {}
    scratch = { expire_after_days = 14, keep_old_versions_days = 1 }
  }
  production   = true
  repositories = { "platform/tools" = {} }
}

run "production_keeps_old_versions_longer" {
  command = plan
  assert {
    condition     = output.buckets.models.keep_old_versions_days == 90 && output.protected
    error_message = "Production keeps old versions for 90 days and is protected."
  }
  assert {
    condition     = output.buckets.scratch == { expire_after_days = 14, keep_old_versions_days = 1 }
    error_message = "What is set explicitly wins."
  }
  assert {
    condition     = output.repositories["platform/tools"].keep_images == 30
    error_message = "A repository keeps 30 images."
  }
}

run "elsewhere_storage_is_cheap" {
  command = plan
  variables {
    production = false
  }
  assert {
    condition     = output.buckets.models.keep_old_versions_days == 7 && !output.protected
    error_message = "Outside production old versions go after a week, and everything may be deleted."
  }
}
