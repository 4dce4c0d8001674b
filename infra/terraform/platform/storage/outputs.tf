output "buckets" {
  description = "Buckets with every setting decided"
  value = {
    for name, bucket in var.buckets : name => {
      expire_after_days      = bucket.expire_after_days
      keep_old_versions_days = coalesce(bucket.keep_old_versions_days, var.production ? 90 : 7)
    }
  }
}

output "protected" {
  description = "Refuse deletion while it contains data"
  value       = var.production
}

output "repositories" {
  description = "Image repositories with every setting decided"
  value       = var.repositories
}
