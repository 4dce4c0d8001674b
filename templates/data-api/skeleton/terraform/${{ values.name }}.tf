# One module block with literal values and its outputs: the platform's check accepts nothing else here.
module ${{ values.name | hcl }} {
  source = "../../../../platform/workload"

  environment      = ${{ values.environment | hcl }}
  image_repository = true
  team             = ${{ values.team | hcl }}
  workload         = ${{ values.name | hcl }}
}

output ${{ values.name | hcl }} {
  description = "Computed names of the workload's cloud resources"
  value       = module.${{ values.name }}
}
