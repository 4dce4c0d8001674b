variable "issuer" {
  description = "Issuer of the forge's pipeline identities, without https://"
  type        = string
  default     = "token.actions.githubusercontent.com"
  validation {
    condition     = !startswith(var.issuer, "https://") && can(regex("^[a-z0-9.-]+(/[A-Za-z0-9._/-]+)?$", var.issuer))
    error_message = "issuer is a host and perhaps a path, without https://."
  }
}

variable "location" {
  description = "Region of the state bucket"
  type        = string
  default     = "eu-west-1"
}

variable "state_bucket" {
  description = "Name of the bucket for all states, globally unique; the same as in ../state.s3.tfbackend"
  type        = string
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.state_bucket))
    error_message = "state_bucket has 3 to 63 lower-case letters, digits and hyphens."
  }
}
