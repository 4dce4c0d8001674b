mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_ssm_parameter" {
    defaults = {
      insecure_value = "{\"cluster\":\"data-platform-dev\",\"encryption_key\":\"arn:aws:kms:eu-west-1:111122223333:key/stand-in\",\"namespace_suffix\":\"-dev\",\"owns_repositories\":true}"
    }
  }
}

variables {
  bucket_access    = { model = { bucket = "models", mode = "read", prefix = "fraud/1.4.2" } }
  environment      = "dev"
  image_repository = "app-ml-team/fraud-scorer"
  team             = "app-ml-team"
  workload         = "fraud-scorer"
}

run "pods_get_their_rights_by_name" {
  command = plan
  assert {
    condition     = aws_eks_pod_identity_association.this[0].namespace == "app-ml-team-dev" && aws_eks_pod_identity_association.this[0].service_account == "fraud-scorer" && aws_eks_pod_identity_association.this[0].cluster_name == "data-platform-dev"
    error_message = "The service account of the workload has the role."
  }
  assert {
    condition     = aws_iam_role.this[0].permissions_boundary == "arn:aws:iam::111122223333:policy/workloads/app-ml-team/app-ml-team--dev" && aws_iam_role.this[0].path == "/workloads/app-ml-team/"
    error_message = "The role is fenced in by the team's boundary."
  }
}

run "a_reader_of_a_prefix_reads_that_prefix" {
  command = plan
  assert {
    condition     = jsondecode(aws_iam_role_policy.bucket["model"].policy).Statement[1] == { Action = ["s3:GetObject"], Effect = "Allow", Resource = "arn:aws:s3:::models/fraud/1.4.2/*", Sid = "Objects" }
    error_message = "Reading is reading, below the prefix only."
  }
}

run "one_environment_makes_the_repository" {
  command = plan
  assert {
    condition     = aws_ecr_repository.this[0].name == "app-ml-team/fraud-scorer" && aws_ecr_repository.this[0].image_tag_mutability == "IMMUTABLE"
    error_message = "The environment that owns repositories makes one."
  }
}

run "the_others_use_it" {
  command = plan
  override_data {
    target = data.aws_ssm_parameter.platform
    values = {
      insecure_value = "{\"cluster\":\"data-platform-prod\",\"encryption_key\":\"arn:aws:kms:eu-west-1:111122223333:key/stand-in\",\"namespace_suffix\":\"\",\"owns_repositories\":false}"
    }
  }
  variables {
    environment = "prod"
  }
  assert {
    condition     = length(aws_ecr_repository.this) == 0 && aws_eks_pod_identity_association.this[0].namespace == "app-ml-team"
    error_message = "No second repository, and the namespace without suffix."
  }
}

run "refuses_modes_it_does_not_know" {
  command = plan
  variables {
    bucket_access = { model = { bucket = "models", mode = "admin", prefix = "" } }
  }
  expect_failures = [var.bucket_access]
}

run "a_bucket_has_no_identity_and_gives_rights_to_those_that_use_it" {
  command = plan
  variables {
    bucket = { expire_after_days = 30, keep_old_versions_days = 7, name = "app-ml-team--features--dev" }
    bucket_access = {
      feature-api = { bucket = "app-ml-team--features--dev", mode = "read", prefix = "" }
      ml-backend  = { bucket = "app-ml-team--features--dev", mode = "write", prefix = "" }
    }
    image_repository = null
    workload         = "features"
  }
  assert {
    condition     = length(aws_iam_role.this) == 0 && length(aws_eks_pod_identity_association.this) == 0 && output.role == null
    error_message = "Nothing runs, so nothing has an identity."
  }
  assert {
    condition     = aws_iam_role_policy.bucket["feature-api"].role == "app-ml-team--feature-api--dev" && aws_iam_role_policy.bucket["feature-api"].name == "bucket-features"
    error_message = "The role of the workload that uses it gets the policy."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.bucket["ml-backend"].policy).Statement[1].Action == ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    error_message = "Writing includes deleting."
  }
  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this["app-ml-team--features--dev"].rule) == 2 && aws_s3_bucket_lifecycle_configuration.this["app-ml-team--features--dev"].rule[1].expiration[0].days == 30
    error_message = "Objects go after their time."
  }
}

run "a_bucket_keeps_what_has_no_end" {
  command = plan
  variables {
    bucket           = { keep_old_versions_days = 7, name = "app-ml-team--features--dev" }
    bucket_access    = {}
    image_repository = null
    workload         = "features"
  }
  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this["app-ml-team--features--dev"].rule) == 1
    error_message = "Without an end objects stay."
  }
}
