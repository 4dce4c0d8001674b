variable "access" {
  description = "Roles in the cluster by name: a principal of the provider, and admin, edit or view"
  type = map(object({
    principal = string
    role      = string
  }))
  nullable = false
  validation {
    condition     = alltrue([for entry in values(var.access) : contains(["admin", "edit", "view"], entry.role)])
    error_message = "role is admin, edit or view."
  }
}

# The cluster keeps no logs of its network.
# tflint-ignore: terraform_unused_declarations
variable "log_retention_days" {
  description = "Retention of network logs, where the provider keeps any"
  type        = number
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827], var.log_retention_days)
    error_message = "log_retention_days is one of the periods that CloudWatch knows, such as 7, 30, 90 or 365."
  }
}

variable "name" {
  description = "Begins all names"
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.name))
    error_message = "name has 3 to 30 lower-case letters, digits and hyphens, starting with a letter."
  }
}

# The network is the cluster's own.
# tflint-ignore: terraform_unused_declarations
variable "network" {
  description = "Addresses, how many zones, and how nodes get out: none, single or per_zone"
  type = object({
    address_range = string
    internet      = string
    zones         = number
  })
  validation {
    condition     = contains(["none", "single", "per_zone"], var.network.internet)
    error_message = "internet is none, single or per_zone."
  }
}

# There is no key to be rescued.
# tflint-ignore: terraform_unused_declarations
variable "protected" {
  description = "Keep deleted data recoverable for 30 days"
  type        = bool
}

variable "services" {
  description = "Data services that only the cluster may reach: the port of each"
  type        = map(object({ port = number }))
  nullable    = false
  validation {
    condition     = alltrue([for service in values(var.services) : service.port >= 1 && service.port <= 65535])
    error_message = "port is between 1 and 65535."
  }
}

variable "tags" {
  description = "Tags for all resources that support them"
  type        = map(string)
  default     = {}
  nullable    = false
}
