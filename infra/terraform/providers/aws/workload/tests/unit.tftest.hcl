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
    condition     = aws_eks_pod_identity_association.this.namespace == "app-ml-team-dev" && aws_eks_pod_identity_association.this.service_account == "fraud-scorer" && aws_eks_pod_identity_association.this.cluster_name == "data-platform-dev"
    error_message = "The service account of the workload has the role."
  }
  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::111122223333:policy/workloads/app-ml-team/app-ml-team--dev" && aws_iam_role.this.path == "/workloads/app-ml-team/"
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
    condition     = length(aws_ecr_repository.this) == 0 && aws_eks_pod_identity_association.this.namespace == "app-ml-team"
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
