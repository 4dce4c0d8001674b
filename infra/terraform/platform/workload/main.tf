# Names are computed from team, environment and workload here and in the portal alike: nothing is copied from state.
locals {
  name = "${var.team}--${var.workload}--${var.environment}"

  image_repository = var.image_repository ? "${var.team}/${var.workload}" : null

  model_path = var.model_location == null ? null : trimsuffix(trimprefix(var.model_location, "s3://"), "/")

  bucket_access = local.model_path == null ? {} : {
    model = {
      bucket = split("/", local.model_path)[0]
      prefix = join("/", slice(split("/", local.model_path), 1, length(split("/", local.model_path))))
      mode   = "read"
    }
  }
}

# Team roots are applied to AWS only: a Kind cluster has neither roles nor repositories.
module "resources" {
  source = "../../providers/aws/workload"

  bucket_access    = local.bucket_access
  environment      = var.environment
  image_repository = local.image_repository
  team             = var.team
  workload         = var.workload
}
