variable "access" {
  description = "Cluster access by name: a principal of the provider, and its role (admin, edit or view)"
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

variable "dns_zones" {
  description = "IDs of the hosted zones in which the cluster writes names of its Ingresses; none writes none"
  type        = set(string)
  nullable    = false
  validation {
    condition     = alltrue([for zone in var.dns_zones : can(regex("^Z[A-Z0-9]{5,31}$", zone))])
    error_message = "dns_zones must be IDs of hosted zones such as Z0123456789ABCDEFGHIJ."
  }
}

variable "encryption_key" {
  description = "The key that encrypts everything here, as the security module gives it; null where the provider has no keys"
  type        = string
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes"
  type        = string
  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version is a minor version such as 1.36."
  }
}

variable "log_retention_days" {
  description = "Retention of control plane logs, where the provider keeps any"
  type        = number
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827], var.log_retention_days)
    error_message = "log_retention_days is one of the periods that CloudWatch knows, such as 7, 30, 90 or 365."
  }
}

variable "name" {
  description = "Name of the cluster; begins all names"
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.name))
    error_message = "name has 3 to 30 lower-case letters, digits and hyphens, starting with a letter."
  }
}

variable "network" {
  description = "Network of the platform, from the security module; null where the cluster creates its own"
  type = object({
    cluster_subnets       = set(string)
    control_plane_subnets = set(string)
    data_subnets          = set(string)
    id                    = string
  })
  default = null
}

variable "node_pools" {
  description = "Node pools by name: small, medium or large; nvidia or no accelerator; on_demand or spot; minimum and maximum size"
  type = map(object({
    accelerator = optional(string)
    capacity    = string
    disk_gb     = number
    labels      = map(string)
    max         = number
    min         = number
    size        = string
  }))
  nullable = false
  validation {
    condition     = alltrue([for pool in values(var.node_pools) : contains(["small", "medium", "large"], pool.size) && contains(["on_demand", "spot"], pool.capacity)])
    error_message = "size is small, medium or large; capacity is on_demand or spot."
  }
  validation {
    condition     = alltrue([for pool in values(var.node_pools) : pool.min >= 0 && pool.max >= pool.min])
    error_message = "min is at least 0, and max at least min."
  }
}

variable "public_access" {
  description = "Address ranges from which the API can be reached over the internet; empty keeps it private"
  type        = set(string)
  nullable    = false
  validation {
    condition     = !contains(var.public_access, "0.0.0.0/0")
    error_message = "public_access must not be the whole internet."
  }
}

variable "tags" {
  description = "Tags for all resources that support them"
  type        = map(string)
  default     = {}
  nullable    = false
}
