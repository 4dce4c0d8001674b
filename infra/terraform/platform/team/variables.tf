variable "environment" {
  description = "Name of the environment, as in mlPlatform.environments"
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,8}$", var.environment))
    error_message = "environment has 1 to 9 lower-case letters and digits, starting with a letter."
  }
}

variable "namespace_suffix" {
  description = "Suffix of the team's namespace, as in mlPlatform.environments"
  type        = string
  validation {
    condition     = var.namespace_suffix == "" || can(regex("^-[a-z0-9]+$", var.namespace_suffix))
    error_message = "namespace_suffix is empty, or a hyphen with lower-case letters and digits after it."
  }
}

variable "team" {
  description = "The team"
  type        = string
  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]*[a-z0-9])?$", var.team)) && length(var.team) <= 20 && !strcontains(var.team, "--")
    error_message = "team is a DNS label of at most 20 characters without \"--\"."
  }
}
