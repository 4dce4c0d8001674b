variable "access" {
  description = "Roles in the cluster by name. principal is an IAM role or user on AWS and a group of the cluster's sign-in elsewhere; role is admin, edit or view"
  type = map(object({
    principal = string
    role      = string
  }))
  validation {
    condition     = alltrue([for entry in values(var.access) : contains(["admin", "edit", "view"], entry.role)])
    error_message = "role is admin, edit or view."
  }
  validation {
    condition     = anytrue([for entry in values(var.access) : entry.role == "admin"])
    error_message = "At least one admin is required: nobody could access a cluster without one."
  }
}

variable "network" {
  description = "Addresses and zones. internet is how nodes get out: none, single (one gateway for all zones: cheap, and gone with its zone) or per_zone; null takes the default of the environment"
  type = object({
    address_range = optional(string, "10.0.0.0/16")
    internet      = optional(string)
    zones         = optional(number, 3)
  })
  default  = {}
  nullable = false
  validation {
    condition     = can(cidrsubnet(var.network.address_range, 6, 0)) && try(tonumber(split("/", var.network.address_range)[1]), 32) <= 20
    error_message = "address_range is a range such as 10.0.0.0/16, of /20 or larger: every zone gets several parts of it."
  }
  validation {
    condition     = contains(["none", "single", "per_zone"], coalesce(var.network.internet, "none"))
    error_message = "internet is none, single or per_zone."
  }
  validation {
    condition     = var.network.zones >= 2 && var.network.zones <= 4
    error_message = "zones is 2, 3 or 4: a database with a standby needs two."
  }
}

variable "production" {
  description = "Production settings: one NAT gateway per zone, longer log retention, a 30-day deletion window for keys"
  type        = bool
}

variable "services" {
  description = "Data services that only the cluster may reach: the port of each"
  type        = map(object({ port = number }))
  default = {
    cache    = { port = 6379 }
    database = { port = 5432 }
  }
  nullable = false
  validation {
    condition     = alltrue([for service in values(var.services) : service.port >= 1 && service.port <= 65535])
    error_message = "port is between 1 and 65535."
  }
}
