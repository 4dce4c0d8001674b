mock_provider "aws" {}

override_module {
  target  = module.resources
  outputs = { role = "app-ml-team--fraud-scorer--dev" }
}

variables {
  environment = "dev"
  team        = "app-ml-team"
  workload    = "fraud-scorer"
}

run "computes_names" {
  command = plan
  variables {
    image_repository = true
    model_location   = "s3://models/fraud/1.4.2"
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

run "takes_a_whole_bucket" {
  command = plan
  variables {
    model_location = "s3://models/"
  }
  assert {
    condition     = output.bucket_access.model.prefix == "" && output.image_repository == null
    error_message = "A bucket without prefix is read as a whole."
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

run "refuses_models_that_are_not_in_s3" {
  command = plan
  variables {
    model_location = "https://models.example.com/fraud"
  }
  expect_failures = [var.model_location]
}

run "accepts_what_keys_may_have" {
  command = plan
  variables {
    model_location = "s3://models/fraud 2/a+b@c"
  }
  assert {
    condition     = output.bucket_access.model.prefix == "fraud 2/a+b@c"
    error_message = "Blanks, + and @ stay as they are."
  }
}

run "refuses_models_beyond_their_prefix" {
  command = plan
  variables {
    model_location = "s3://models/../other"
  }
  expect_failures = [var.model_location]
}

run "refuses_models_by_pattern" {
  command = plan
  variables {
    model_location = "s3://models/*"
  }
  expect_failures = [var.model_location]
}
