variable "caches" {
  description = "Redis-compatible caches (Valkey) by name. size is small, medium or large; high_availability null takes the default of the environment"
  type = map(object({
    high_availability = optional(bool)
    size              = optional(string, "small")
  }))
  default  = {}
  nullable = false
  validation {
    condition     = alltrue([for name in keys(var.caches) : can(regex("^[a-z][a-z0-9-]{0,8}$", name))])
    error_message = "Names of caches have up to 9 lower-case letters, digits and hyphens, starting with a letter."
  }
  validation {
    condition     = alltrue([for cache in values(var.caches) : contains(["small", "medium", "large"], cache.size)])
    error_message = "size is small, medium or large."
  }
}

variable "databases" {
  description = "PostgreSQL databases by name. They grow from storage_gb to max_storage_gb; backup_days and high_availability null take the default of the environment"
  type = map(object({
    backup_days       = optional(number)
    high_availability = optional(bool)
    max_storage_gb    = optional(number, 100)
    size              = optional(string, "small")
    storage_gb        = optional(number, 20)
    version           = optional(string, "17")
  }))
  default  = {}
  nullable = false
  validation {
    condition     = alltrue([for name in keys(var.databases) : can(regex("^[a-z][a-z0-9-]{0,19}$", name))])
    error_message = "Names of databases have up to 20 lower-case letters, digits and hyphens, starting with a letter."
  }
  validation {
    condition     = alltrue([for database in values(var.databases) : contains(["small", "medium", "large"], database.size)])
    error_message = "size is small, medium or large."
  }
  validation {
    condition     = alltrue([for database in values(var.databases) : database.storage_gb >= 20 && database.max_storage_gb >= database.storage_gb])
    error_message = "storage_gb is at least 20, and max_storage_gb at least storage_gb."
  }
  validation {
    condition     = alltrue([for database in values(var.databases) : coalesce(database.backup_days, 1) >= 1 && coalesce(database.backup_days, 1) <= 35])
    error_message = "backup_days is 1 to 35: there is no database without backups."
  }
  validation {
    condition     = alltrue([for database in values(var.databases) : contains(["16", "17"], database.version)])
    error_message = "version is 16 or 17."
  }
}

variable "production" {
  description = "Production settings: a standby in another zone, backups for a month, deletion protection"
  type        = bool
}
