# One module block with literal values and its outputs: the platform's check accepts nothing else here.
module "audit-events" {
  source = "../../../../platform/workload"

  environment      = "dev"
  image_repository = true
  team             = "app-data-team"
  workload         = "audit-events"
}

output "audit-events" {
  description = "Computed names of the workload's cloud resources"
  value       = module.audit-events
}
