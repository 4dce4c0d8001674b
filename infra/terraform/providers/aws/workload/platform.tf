# What the data platform tells everybody about an environment; its root (compositions/data-platform/aws) writes it.
data "aws_ssm_parameter" "platform" {
  name = "/ml-platform/${var.environment}/platform"
}

data "aws_caller_identity" "current" {}

locals {
  platform = jsondecode(data.aws_ssm_parameter.platform.insecure_value)
  name     = "${var.team}--${var.workload}--${var.environment}"
  tags = {
    "ml-platform.io/environment" = var.environment
    "ml-platform.io/team"        = var.team
    "ml-platform.io/workload"    = var.workload
  }
}
