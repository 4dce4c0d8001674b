# Run in every team root, where the check puts it: what a team's workload files ask for fits what the platform offers.
mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_ssm_parameter" {
    defaults = {
      insecure_value = "{\"cluster\":\"data-platform\",\"encryption_key\":\"arn:aws:kms:eu-west-1:111122223333:key/stand-in\",\"namespace_suffix\":\"\",\"owns_repositories\":true}"
    }
  }
}

run "workload_files_fit_the_platform" {
  command = plan
}
