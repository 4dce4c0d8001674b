mock_provider "aws" {}

variables {
  buckets = {
    models  = { keep_old_versions_days = 90 }
    scratch = { expire_after_days = 14, keep_old_versions_days = 1 }
  }
  encryption_key = "arn:aws:kms:eu-west-1:111122223333:key/stand-in"
  name           = "data-platform-prod"
  protected      = true
  repositories   = { "platform/tools" = { keep_images = 30 } }
}

run "buckets_are_private_encrypted_and_versioned" {
  command = plan
  assert {
    condition = alltrue([
      for block in values(aws_s3_bucket_public_access_block.this) :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ]) && length(aws_s3_bucket_public_access_block.this) == 2
    error_message = "Every bucket blocks public access in all four ways."
  }
  assert {
    condition     = alltrue([for versioning in values(aws_s3_bucket_versioning.this) : versioning.versioning_configuration[0].status == "Enabled"])
    error_message = "Every bucket is versioned."
  }
  assert {
    condition = alltrue([
      for encryption in values(aws_s3_bucket_server_side_encryption_configuration.this) :
      one(one(encryption.rule).apply_server_side_encryption_by_default).kms_master_key_id == var.encryption_key
    ])
    error_message = "Every bucket is encrypted with the platform's key."
  }
  assert {
    condition     = aws_s3_bucket.this["models"].bucket == "data-platform-prod-models" && aws_s3_bucket.this["models"].force_destroy == false
    error_message = "A bucket is named after the platform, and a protected one cannot be deleted with its content."
  }
}

run "old_versions_and_scratch_go" {
  command = plan
  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this["models"].rule) == 1 && length(aws_s3_bucket_lifecycle_configuration.this["scratch"].rule) == 2
    error_message = "Only a bucket with expire_after_days removes current objects."
  }
}

run "images_do_not_change_under_a_tag" {
  command = plan
  assert {
    condition     = aws_ecr_repository.this["platform/tools"].image_tag_mutability == "IMMUTABLE" && aws_ecr_repository.this["platform/tools"].image_scanning_configuration[0].scan_on_push
    error_message = "Tags are immutable and images are scanned."
  }
}

run "outputs_name_what_was_made" {
  assert {
    condition     = output.buckets.models.name == "data-platform-prod-models" && startswith(output.buckets.models.endpoint, "https://")
    error_message = "A bucket has a name and an encrypted endpoint."
  }
  assert {
    condition     = keys(output.repositories) == ["platform/tools"] && output.storage_class != ""
    error_message = "Repositories and the class of volumes are named."
  }
}
