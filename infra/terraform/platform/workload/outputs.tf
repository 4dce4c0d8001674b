output "bucket_access" {
  description = "Bucket prefixes the workload's identity may use, by purpose: bucket, prefix and mode"
  value       = local.bucket_access
}

output "image_repository" {
  description = "Name of the image repository; null without one"
  value       = local.image_repository
}

output "name" {
  description = "Name of the workload in this environment; identities and secrets are derived from it"
  value       = local.name
}
