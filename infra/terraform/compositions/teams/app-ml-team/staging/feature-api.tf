# One module block with literal values and its outputs: the platform's check accepts nothing else here.
module "feature-api" {
  source = "../../../../platform/workload"

  environment      = "staging"
  image_repository = true
  team             = "app-ml-team"
  workload         = "feature-api"
}

output "feature-api" {
  description = "Computed names of the workload's cloud resources"
  value       = module.feature-api
}
