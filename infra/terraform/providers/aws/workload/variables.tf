variable "bucket_access" {
  description = "Bucket prefixes the workload may use, by purpose; mode is read or write"
  type = map(object({
    bucket = string
    mode   = string
    prefix = string
  }))
  nullable = false
  validation {
    condition     = alltrue([for access in values(var.bucket_access) : contains(["read", "write"], access.mode)])
    error_message = "mode is read or write."
  }
}

variable "environment" {
  description = "Name of the environment; its platform settings are read by this name"
  type        = string
}

variable "image_repository" {
  description = "Name of the image repository; null without one"
  type        = string
  default     = null
}

variable "team" {
  description = "The owning team"
  type        = string
}

variable "workload" {
  description = "The workload in the team"
  type        = string
}
