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

run "a_bucket_is_called_as_its_workload" {
  command = plan
  variables {
    bucket         = { expire_after_days = 30 }
    bucket_readers = ["feature-api", "ml-backend"]
    bucket_writers = ["ml-backend"]
    workload       = "features"
  }
  assert {
    condition = output.bucket_access == tomap({
      feature-api = { bucket = "app-ml-team--features--dev", mode = "read", prefix = "" }
      ml-backend  = { bucket = "app-ml-team--features--dev", mode = "write", prefix = "" }
    })
    error_message = "Readers read, and writers do both."
  }
}

run "refuses_users_of_no_bucket" {
  command = plan
  variables {
    bucket_readers = ["a"]
    bucket_writers = ["b"]
  }
  expect_failures = [var.bucket_readers, var.bucket_writers]
}

run "refuses_users_that_are_no_workloads" {
  command = plan
  variables {
    bucket         = {}
    bucket_readers = ["../x"]
    bucket_writers = ["*"]
  }
  expect_failures = [var.bucket_readers, var.bucket_writers]
}

run "refuses_buckets_that_expire_at_once" {
  command = plan
  variables {
    bucket = { expire_after_days = 0 }
  }
  expect_failures = [var.bucket]
}

run "refuses_buckets_with_images" {
  command = plan
  variables {
    bucket           = {}
    image_repository = true
  }
  expect_failures = [var.bucket]
}
