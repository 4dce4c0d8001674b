run "computes_names" {
  command = plan
  variables {
    environment      = "staging"
    namespace_suffix = "-staging"
    team             = "app-ml-team"
  }
  assert {
    condition     = output.name == "app-ml-team--staging" && output.namespace == "app-ml-team-staging"
    error_message = "Names join team and environment."
  }
  assert {
    condition     = output.state_key == "teams/app-ml-team/staging/terraform.tfstate" && output.role_path == "/workloads/app-ml-team/" && output.repository_prefix == "app-ml-team/"
    error_message = "State, roles and repositories have places of the team's own."
  }
  assert {
    condition     = output.tags == { "ml-platform.io/environment" = "staging", "ml-platform.io/team" = "app-ml-team" }
    error_message = "Tags name the owner."
  }
}
