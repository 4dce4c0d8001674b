# Names are computed from team, environment and workload here and in the portal alike: nothing is copied from state.
locals {
  name = "${var.team}--${var.workload}--${var.environment}"

  image_repository = var.image_repository ? "${var.team}/${var.workload}" : null

  model_path = var.model_location == null ? null : trimsuffix(trimprefix(var.model_location, "s3://"), "/")

  # A workload that is in both may write.
  bucket_users = merge(
    { for user in var.bucket_readers : user => "read" },
    { for user in var.bucket_writers : user => "write" },
  )

  bucket_access = local.model_path == null ? { for user, mode in local.bucket_users : user => { bucket = local.name, prefix = "", mode = mode } } : {
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

  bucket = var.bucket == null ? null : {
    expire_after_days      = var.bucket.expire_after_days
    keep_old_versions_days = var.bucket.keep_old_versions_days
    name                   = local.name
  }
  bucket_access    = local.bucket_access
  environment      = var.environment
  image_repository = local.image_repository
  team             = var.team
  workload         = var.workload
}
