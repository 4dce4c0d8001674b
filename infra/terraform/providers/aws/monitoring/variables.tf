variable "alert_receivers" {
  description = "Email addresses of alert receivers, by name, where the provider sends email"
  type        = map(string)
  nullable    = false
  validation {
    condition     = alltrue([for address in values(var.alert_receivers) : strcontains(address, "@")])
    error_message = "alert_receivers must be email addresses."
  }
}

variable "encryption_key" {
  description = "The key that encrypts everything here, as the security module gives it; null where the provider has no keys"
  type        = string
}

variable "name" {
  description = "Begins all names"
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.name))
    error_message = "name has 3 to 30 lower-case letters, digits and hyphens, starting with a letter."
  }
}

variable "retention_days" {
  description = "Retention of metrics and their logs"
  type        = number
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90], var.retention_days)
    error_message = "retention_days is 1, 3, 5, 7, 14, 30, 60 or 90."
  }
}

# AWS stores what comes.
# tflint-ignore: terraform_unused_declarations
variable "storage_gb" {
  description = "Storage for metrics, where the provider requires a size"
  type        = number
  validation {
    condition     = var.storage_gb >= 5
    error_message = "storage_gb is at least 5."
  }
}

variable "tags" {
  description = "Tags for all resources that support them"
  type        = map(string)
  default     = {}
  nullable    = false
}
