# Prometheus without a server to run. It costs by what is stored and asked, so an idle platform costs next to nothing; how long
# it remembers (150 days) is AWS's own setting.
resource "aws_prometheus_workspace" "this" {
  alias       = var.name
  kms_key_arn = var.encryption_key
  tags        = var.tags
  logging_configuration {
    log_group_arn = "${aws_cloudwatch_log_group.this.arn}:*"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  kms_key_id        = var.encryption_key
  name              = "/ml-platform/${var.name}/prometheus"
  retention_in_days = var.retention_days
  tags              = var.tags
}
