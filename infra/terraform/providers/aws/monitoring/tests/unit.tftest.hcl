mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
}

variables {
  alert_receivers = { platform = "platform@example.com" }
  encryption_key  = "arn:aws:kms:eu-west-1:111122223333:key/stand-in"
  name            = "data-platform-prod"
  retention_days  = 90
  storage_gb      = 20
}

run "alerts_and_metrics_are_encrypted" {
  command = plan
  assert {
    condition     = aws_sns_topic.alerts.kms_master_key_id == var.encryption_key && aws_prometheus_workspace.this.kms_key_arn == var.encryption_key
    error_message = "The platform's key encrypts alerts and metrics."
  }
  assert {
    condition     = aws_sns_topic_subscription.mail["platform"].endpoint == "platform@example.com"
    error_message = "Receivers get mail."
  }
}

run "outputs_say_where_things_are" {
  assert {
    condition     = output.metrics != "" && output.alerts != "" && output.dashboards == null
    error_message = "Metrics and alerts have an address; dashboards come with GitOps."
  }
}
