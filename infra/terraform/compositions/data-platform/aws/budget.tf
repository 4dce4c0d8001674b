# Costs by the tag `ml-platform.io/platform`; it has to be activated as a cost allocation tag once, in the account that pays.
resource "aws_budgets_budget" "this" {
  count = var.monitoring.monthly_budget == null ? 0 : 1

  budget_type  = "COST"
  limit_amount = tostring(var.monitoring.monthly_budget)
  limit_unit   = "USD"
  name         = var.name
  tags         = local.tags
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:ml-platform.io/platform$%s", var.name)]
  }

  dynamic "notification" {
    for_each = length(module.monitoring_settings.alert_receivers) == 0 ? {} : { ACTUAL = 80, FORECASTED = 100 }
    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = notification.key
      subscriber_email_addresses = values(module.monitoring_settings.alert_receivers)
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
    }
  }
}
