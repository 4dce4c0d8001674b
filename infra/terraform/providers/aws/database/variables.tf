variable "caches" {
  description = "Redis-compatible caches (Valkey) by name: small, medium or large, with or without a standby"
  type = map(object({
    high_availability = bool
    size              = string
  }))
  nullable = false
  validation {
    condition     = alltrue([for cache in values(var.caches) : contains(["small", "medium", "large"], cache.size)])
    error_message = "size is small, medium or large."
  }
}

variable "databases" {
  description = "PostgreSQL databases by name: days of backups, with or without a standby, small, medium or large, how much storage at first and at most, and the major version"
  type = map(object({
    backup_days       = number
    high_availability = bool
    max_storage_gb    = number
    size              = string
    storage_gb        = number
    version           = string
  }))
  nullable = false
  validation {
    condition     = alltrue([for database in values(var.databases) : contains(["small", "medium", "large"], database.size)])
    error_message = "size is small, medium or large."
  }
  validation {
    condition     = alltrue([for database in values(var.databases) : database.backup_days >= 1 && database.backup_days <= 35])
    error_message = "backup_days is 1 to 35: there is no database without backups."
  }
  validation {
    condition     = alltrue([for database in values(var.databases) : contains(["16", "17"], database.version)])
    error_message = "version is 16 or 17."
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

variable "network" {
  description = "Network of the platform, from the security module"
  type = object({
    cluster_subnets       = set(string)
    control_plane_subnets = set(string)
    data_subnets          = set(string)
    id                    = string
  })
}

variable "protected" {
  description = "Refuse deletion"
  type        = bool
}

variable "service_groups" {
  description = "Security groups by data service, from the security module; cache and database are required"
  type        = map(string)
  nullable    = false
  validation {
    condition     = length(setintersection(keys(var.service_groups), ["cache", "database"])) == 2
    error_message = "service_groups needs cache and database: they restrict access to the data services."
  }
}

variable "tags" {
  description = "Tags for all resources that support them"
  type        = map(string)
  default     = {}
  nullable    = false
}
