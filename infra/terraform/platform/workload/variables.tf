variable "environment" {
  description = "Name of the environment, as in mlPlatform.environments"
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,8}$", var.environment))
    error_message = "environment has 1 to 9 lower-case letters and digits, starting with a letter."
  }
}

variable "image_repository" {
  description = "Create an image repository for the workload"
  type        = bool
  default     = false
}

variable "model_location" {
  description = "Location of the workload's model, as s3://bucket/prefix; null without a model"
  type        = string
  default     = null
  validation {
    condition     = var.model_location == null || can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9 !_.'()&@=;:+,-]+)*/?$", var.model_location))
    error_message = "model_location is s3://bucket or s3://bucket/prefix, without * ? and $, which mean something in policies."
  }
  validation {
    condition     = var.model_location == null || !anytrue([for part in split("/", coalesce(var.model_location, "-")) : contains([".", ".."], part)])
    error_message = "model_location has no parts \".\" or \"..\"."
  }
}

variable "team" {
  description = "The owning team"
  type        = string
  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]*[a-z0-9])?$", var.team)) && length(var.team) <= 20 && !strcontains(var.team, "--")
    error_message = "team is a DNS label of at most 20 characters without \"--\"."
  }
}

variable "workload" {
  description = "The workload in the team"
  type        = string
  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]*[a-z0-9])?$", var.workload)) && length(var.workload) <= 30 && !strcontains(var.workload, "--")
    error_message = "workload is a DNS label of at most 30 characters without \"--\"."
  }
}
