variable "alert_receivers" {
  description = "Email addresses of alert receivers, by name"
  type        = map(string)
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for address in values(var.alert_receivers) : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "alert_receivers must be email addresses."
  }
}

variable "production" {
  description = "Production settings: alert receivers are required; longer retention of metrics and logs"
  type        = bool
}

variable "retention_days" {
  description = "Retention of metrics and their logs; null takes the environment's default"
  type        = number
  default     = null
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90], coalesce(var.retention_days, 7))
    error_message = "retention_days is 1, 3, 5, 7, 14, 30, 60 or 90."
  }
}

variable "storage_gb" {
  description = "Storage for metrics, where the provider requires a size"
  type        = number
  default     = 20
  nullable    = false
  validation {
    condition     = var.storage_gb >= 5
    error_message = "storage_gb is at least 5."
  }
}
