# One module block with literal values and its outputs: the platform's check accepts nothing else here.
module "ml-backend" {
  source = "../../../../platform/workload"

  environment      = "dev"
  image_repository = true
  model_location   = "s3://models-app-ml-team/registry"
  team             = "app-ml-team"
  workload         = "ml-backend"
}

output "ml-backend" {
  description = "Computed names of the workload's cloud resources"
  value       = module.ml-backend
}
