# One module block with literal values and its outputs: the platform's check accepts nothing else here.
module "data-api" {
  source = "../../../../platform/workload"

  environment      = "prod"
  image_repository = true
  team             = "app-data-team"
  workload         = "data-api"
}

output "data-api" {
  description = "Computed names of the workload's cloud resources"
  value       = module.data-api
}
