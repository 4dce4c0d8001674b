output "identity_provider" {
  description = "For delivery.identity_provider of the data platform"
  value       = aws_iam_openid_connect_provider.pipelines.arn
}

output "state_bucket" {
  description = "For delivery.state_bucket of the data platform"
  value       = aws_s3_bucket.state.bucket
}

output "state_encryption_key" {
  description = "For delivery.state_encryption_key of the data platform"
  value       = aws_kms_key.state.arn
}
