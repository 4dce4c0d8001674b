mock_provider "aws" {}

variables {
  state_bucket = "state"
}

run "states_are_private_encrypted_and_versioned" {
  command = plan
  assert {
    condition     = aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "A state that was overwritten can be brought back."
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.state.restrict_public_buckets && aws_s3_bucket_public_access_block.state.block_public_policy
    error_message = "Nobody reads a state from outside."
  }
}

run "every_volume_is_encrypted" {
  command = plan
  assert {
    condition     = aws_ebs_encryption_by_default.this.enabled
    error_message = "Volumes are encrypted without being asked."
  }
}

run "refuses_addresses_as_issuers" {
  command = plan
  variables {
    issuer = "https://token.actions.githubusercontent.com"
  }
  expect_failures = [var.issuer]
}

run "refuses_names_that_aws_would_refuse" {
  command = plan
  variables {
    state_bucket = "State_Bucket"
  }
  expect_failures = [var.state_bucket]
}
