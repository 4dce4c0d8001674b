resource "aws_sns_topic" "alerts" {
  kms_master_key_id = var.encryption_key
  name              = "${var.name}-alerts"
  tags              = var.tags
}

data "aws_caller_identity" "current" {}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlertsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "aps.amazonaws.com" }
      Action    = ["sns:GetTopicAttributes", "sns:Publish"]
      Resource  = aws_sns_topic.alerts.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

# AWS asks each address for its consent first.
resource "aws_sns_topic_subscription" "mail" {
  for_each = var.alert_receivers

  endpoint  = each.value
  protocol  = "email"
  topic_arn = aws_sns_topic.alerts.arn
}

data "aws_region" "current" {}

resource "aws_prometheus_alert_manager_definition" "this" {
  workspace_id = aws_prometheus_workspace.this.id
  definition = yamlencode({
    alertmanager_config = yamlencode({
      route = { receiver = "alerts", group_by = ["alertname", "namespace"] }
      receivers = [{
        name = "alerts"
        sns_configs = [{
          topic_arn = aws_sns_topic.alerts.arn
          sigv4     = { region = data.aws_region.current.name }
        }]
      }]
    })
  })
  depends_on = [aws_sns_topic_policy.alerts]
}
