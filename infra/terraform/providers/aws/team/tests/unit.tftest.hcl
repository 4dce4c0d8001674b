mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::111122223333:policy/workloads/app-ml-team/app-ml-team--dev" }
  }
}

variables {
  encryption_key = "arn:aws:kms:eu-west-1:111122223333:key/stand-in"
  environment    = "dev"
  name           = "app-ml-team--dev"
  pipeline = {
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
}

run "pull_requests_look_and_merges_change" {
  command = plan
  assert {
    condition     = jsondecode(aws_iam_role.pipeline["plan"].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:example/platform:pull_request"
    error_message = "The role of plan is for pull requests."
  }
  assert {
    condition     = jsondecode(aws_iam_role.pipeline["apply"].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:example/platform:environment:app-ml-team--dev"
    error_message = "The role of apply is for the team's environment."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.state["plan"].policy).Statement[1].Action == ["s3:GetObject"]
    error_message = "Plan cannot write the state."
  }
}

run "a_state_has_one_root" {
  command = plan
  assert {
    condition     = jsondecode(aws_iam_role_policy.state["apply"].policy).Statement[1].Resource == "arn:aws:s3:::state/teams/app-ml-team/dev/terraform.tfstate"
    error_message = "Only the root's own state is reached."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.state["apply"].policy).Statement[2].Resource == "arn:aws:s3:::state/teams/app-ml-team/dev/terraform.tfstate.tflock"
    error_message = "The native lock is a file beside the state."
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
      identity_provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
      repository        = "example"
    }
  }
  expect_failures = [var.pipeline]
}

run "refuses_what_is_no_identity_provider" {
  command = plan
  variables {
    pipeline = { identity_provider = "github", repository = "example/platform" }
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
