variable "dns_zones" {
  description = "IDs of the hosted zones in which the cluster writes names of its Ingresses; none writes none"
  type        = set(string)
  default     = []
  nullable    = false
  validation {
    condition     = alltrue([for zone in var.dns_zones : can(regex("^Z[A-Z0-9]{5,31}$", zone))])
    error_message = "dns_zones must be IDs of hosted zones such as Z0123456789ABCDEFGHIJ."
  }
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes; the same in every environment, so that local results hold in production"
  type        = string
  default     = "1.36"
  nullable    = false
  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version is a minor version such as 1.36."
  }
}

variable "node_pools" {
  description = "Pools of nodes by name. size is small, medium or large; accelerator is nvidia or null; capacity is on_demand or spot, and null takes spot outside production; the pool grows and shrinks between min and max"
  type = map(object({
    accelerator = optional(string)
    capacity    = optional(string)
    disk_gb     = optional(number)
    labels      = optional(map(string), {})
    max         = number
    min         = number
    size        = optional(string, "small")
  }))
  nullable = false
  validation {
    condition     = alltrue([for pool in values(var.node_pools) : contains(["small", "medium", "large"], pool.size)])
    error_message = "size is small, medium or large."
  }
  validation {
    condition     = alltrue([for pool in values(var.node_pools) : contains(["on_demand", "spot"], coalesce(pool.capacity, "spot"))])
    error_message = "capacity is on_demand or spot."
  }
  validation {
    condition     = alltrue([for pool in values(var.node_pools) : coalesce(pool.accelerator, "nvidia") == "nvidia"])
    error_message = "accelerator is nvidia, or left out."
  }
  validation {
    condition     = alltrue([for pool in values(var.node_pools) : pool.min >= 0 && pool.max >= pool.min && pool.max >= 1])
    error_message = "min is at least 0, max at least 1 and at least min."
  }
  validation {
    condition     = anytrue([for pool in values(var.node_pools) : pool.accelerator == null && pool.min >= 1])
    error_message = "At least one pool without an accelerator needs min >= 1 for the cluster's own pods."
  }
}

variable "production" {
  description = "Production settings: on-demand nodes and longer log retention"
  type        = bool
}

variable "public_access" {
  description = "Address ranges from which the API can be reached over the internet; empty keeps it private"
  type        = set(string)
  default     = []
  nullable    = false
  validation {
    condition     = alltrue([for range in var.public_access : can(cidrhost(range, 0)) && range != "0.0.0.0/0"])
    error_message = "public_access must be address ranges such as 203.0.113.0/24, never the whole internet."
  }
}
