# One module block with literal values and its outputs: the platform's check accepts nothing else here.
module "features" {
  source = "../../../../platform/workload"

  bucket = {
    expire_after_days      = 90
    keep_old_versions_days = 7
  }
  bucket_readers = [
    "feature-api",
  ]
  bucket_writers = [
    "ml-backend",
  ]
  environment = "dev"
  team        = "app-ml-team"
  workload    = "features"
}

output "features" {
  description = "Computed names of the workload's cloud resources"
  value       = module.features
}
