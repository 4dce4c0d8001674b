variable "alert_receivers" {
  description = "Mail addresses that hear of alerts, by name"
  type        = map(string)
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for address in values(var.alert_receivers) : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "alert_receivers holds mail addresses."
  }
}

variable "production" {
  description = "Whether somebody has to hear of alerts; keeps metrics and logs longer"
  type        = bool
}

variable "retention_days" {
  description = "How long metrics and their logs stay; null takes the default of the environment"
  type        = number
  default     = null
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90], coalesce(var.retention_days, 7))
    error_message = "retention_days is 1, 3, 5, 7, 14, 30, 60 or 90."
  }
}

variable "storage_gb" {
  description = "Room for metrics, where the provider asks for it"
  type        = number
  default     = 20
  nullable    = false
  validation {
    condition     = var.storage_gb >= 5
    error_message = "storage_gb is at least 5."
  }
}
