run "computes_names" {
  command = plan
  variables {
    environment      = "dev"
    image_repository = true
    model_location   = "s3://models/fraud/1.4.2"
    team             = "app-ml-team"
    workload         = "fraud-scorer"
  }
  assert {
    condition     = output.name == "app-ml-team--fraud-scorer--dev"
    error_message = "The name joins team, workload and environment."
  }
  assert {
    condition     = output.bucket_access.model.bucket == "models" && output.bucket_access.model.prefix == "fraud/1.4.2"
    error_message = "The model location is split into bucket and prefix."
  }
  assert {
    condition     = output.image_repository == "app-ml-team/fraud-scorer"
    error_message = "The image repository is named after team and workload."
  }
}

run "refuses_bad_names" {
  command = plan
  variables {
    environment = "Dev"
    team        = "a--b"
    workload    = "-x"
  }
  expect_failures = [var.environment, var.team, var.workload]
}
