# Names are computed from team, environment and workload here and in the portal alike: nothing is copied from state.
# Resources join with the provider modules; until then a plan shows outputs only.
locals {
  name = "${var.team}--${var.workload}--${var.environment}"

  model_path = var.model_location == null ? null : trimsuffix(trimprefix(var.model_location, "s3://"), "/")

  bucket_access = local.model_path == null ? {} : {
    model = {
      bucket = split("/", local.model_path)[0]
      prefix = join("/", slice(split("/", local.model_path), 1, length(split("/", local.model_path))))
      mode   = "read"
    }
  }
}
