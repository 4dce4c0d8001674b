mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::111122223333:policy/workloads/app-ml-team/app-ml-team--dev" }
  }
}

variables {
  cluster        = "shared"
  encryption_key = "arn:aws:kms:eu-west-1:111122223333:key/stand-in"
  environment    = "dev"
  name           = "app-ml-team--dev"
  pipeline = {
    branch            = "main"
    identity_provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    repository        = "example/platform"
  }
  repository_prefix = "app-ml-team/"
  role_path         = "/workloads/app-ml-team/"
  state = {
    bucket         = "state"
    encryption_key = "arn:aws:kms:eu-west-1:111122223333:key/state"
    key            = "teams/app-ml-team/dev/terraform.tfstate"
  }
  team = "app-ml-team"
}

# What the policies allow and refuse is in test/terraform/src/iam, with IAM's own semantics.
run "roles_trust_the_workflow_of_the_default_branch_in_their_environment" {
  command = plan
  assert {
    condition = alltrue([
      for purpose in ["apply", "plan"] :
      jsondecode(aws_iam_role.pipeline[purpose].assume_role_policy).Statement[0].Condition.StringEquals == {
        "token.actions.githubusercontent.com:aud"              = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:job_workflow_ref" = "example/platform/.github/workflows/terraform.yaml@refs/heads/main"
        "token.actions.githubusercontent.com:sub"              = "repo:example/platform:environment:app-ml-team--dev-${purpose}"
      }
    ])
    error_message = "A role is for one workflow in one environment."
  }
}

run "a_state_has_one_root" {
  command = plan
  assert {
    condition     = jsondecode(aws_iam_role_policy.state["apply"].policy).Statement[1].Resource == "arn:aws:s3:::state/teams/app-ml-team/dev/terraform.tfstate"
    error_message = "Only the root's own state is reached."
  }
}

run "roles_are_made_within_the_boundary" {
  assert {
    condition     = jsondecode(aws_iam_role_policy.change.policy).Statement[1].Condition.StringEquals["iam:PermissionsBoundary"] == "arn:aws:iam::111122223333:policy/workloads/app-ml-team/app-ml-team--dev"
    error_message = "No role without the team's boundary."
  }
}

run "refuses_whole_owners" {
  command = plan
  variables {
    pipeline = {
      branch            = "main"
      identity_provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
      repository        = "example"
    }
  }
  expect_failures = [var.pipeline]
}

run "refuses_what_is_no_identity_provider" {
  command = plan
  variables {
    pipeline = { branch = "main", identity_provider = "github", repository = "example/platform" }
  }
  expect_failures = [var.pipeline]
}

run "refuses_what_is_no_branch" {
  command = plan
  variables {
    pipeline = {
      branch            = "*"
      identity_provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
      repository        = "example/platform"
    }
  }
  expect_failures = [var.pipeline]
}

run "refuses_long_names" {
  command = plan
  variables {
    name = "a-name-that-is-longer-than-any-team-and-environment-together"
  }
  expect_failures = [var.name]
}
