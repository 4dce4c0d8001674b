variable "access" {
  description = "Roles in the cluster by name. principal is an IAM role or user on AWS and a group of the cluster's sign-in elsewhere; role is admin, edit or view"
  type = map(object({
    principal = string
    role      = string
  }))
}

variable "caches" {
  description = "Redis-compatible caches by name; see platform/database"
  type = map(object({
    high_availability = optional(bool)
    size              = optional(string)
  }))
  default  = {}
  nullable = false
}

variable "cluster" {
  description = "Version, pools of nodes, and from where the API is reached; see platform/cluster"
  type = object({
    dns_zones          = optional(set(string))
    kubernetes_version = optional(string)
    node_pools = map(object({
      accelerator = optional(string)
      capacity    = optional(string)
      disk_gb     = optional(number)
      labels      = optional(map(string))
      max         = number
      min         = number
      size        = optional(string)
    }))
    public_access = optional(set(string))
  })
}

variable "databases" {
  description = "PostgreSQL databases by name; see platform/database"
  type = map(object({
    backup_days       = optional(number)
    high_availability = optional(bool)
    max_storage_gb    = optional(number)
    size              = optional(string)
    storage_gb        = optional(number)
    version           = optional(string)
  }))
  default  = {}
  nullable = false
}

variable "delivery" {
  description = "Delivery of team roots: the identity provider of the forge's pipelines, the platform repository and its default branch, the state bucket and its key, and the environments of each team. Null where team roots are not applied"
  type = object({
    branch               = string
    identity_provider    = string
    repository           = string
    state_bucket         = string
    state_encryption_key = string
    teams                = map(object({ environments = set(string) }))
  })
  default = null
  validation {
    condition     = alltrue([for team in values(try(var.delivery.teams, {})) : length(setsubtract(team.environments, keys(var.environments))) == 0])
    error_message = "delivery.teams names an environment that is not in environments."
  }
}

variable "environments" {
  description = "Environments of mlPlatform.environments that live on this platform: the suffix of their namespaces, and whether the image repositories of workloads are made there (in exactly one)"
  type = map(object({
    namespace_suffix  = string
    owns_repositories = optional(bool, false)
  }))
  nullable = false
}

variable "location" {
  description = "Region of the provider; null where there is none"
  type        = string
  default     = null
}

variable "monitoring" {
  description = "Alert receivers and retention of metrics, see platform/monitoring; and US dollars a month for everything with this platform's tag, of which receivers are told at 80 % and when 100 % are forecast. Null sets no budget, and there is none outside AWS"
  type = object({
    alert_receivers = optional(map(string))
    monthly_budget  = optional(number)
    retention_days  = optional(number)
    storage_gb      = optional(number)
  })
  default  = {}
  nullable = false
  validation {
    condition     = coalesce(var.monitoring.monthly_budget, 1) > 0
    error_message = "monitoring.monthly_budget is more than 0, or left out."
  }
}

variable "name" {
  description = "Begins all names; one platform has one"
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.name))
    error_message = "name has 3 to 30 lower-case letters, digits and hyphens, starting with a letter."
  }
}

variable "network" {
  description = "Addresses, zones, and how nodes get out; see platform/security"
  type = object({
    address_range = optional(string)
    internet      = optional(string)
    zones         = optional(number)
  })
  default  = {}
  nullable = false
}

variable "production" {
  description = "Production settings: standbys, longer backups and logs, deletion protection"
  type        = bool
}

variable "storage" {
  description = "Buckets and image repositories of the platform; see platform/storage"
  type = object({
    buckets = optional(map(object({
      expire_after_days      = optional(number)
      keep_old_versions_days = optional(number)
    })))
    repositories = optional(map(object({
      keep_images = optional(number)
    })))
  })
  default  = {}
  nullable = false
}
