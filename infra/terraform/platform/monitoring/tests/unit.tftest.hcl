run "production_remembers_longer" {
  command = plan
  variables {
    alert_receivers = { platform = "platform@example.com" }
    production      = true
  }
  assert {
    condition     = output.retention_days == 90 && output.alert_receivers.platform == "platform@example.com"
    error_message = "Production keeps metrics for 90 days."
  }
}

run "elsewhere_a_week_is_enough" {
  command = plan
  variables {
    production = false
  }
  assert {
    condition     = output.retention_days == 7 && output.storage_gb == 20
    error_message = "Outside production metrics stay for a week."
  }
}
