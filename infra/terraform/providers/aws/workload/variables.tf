variable "bucket" {
  description = "The workload is a bucket of this name: after how many days objects go (null keeps them), and what was overwritten or deleted; null for what runs"
  type = object({
    expire_after_days      = optional(number)
    keep_old_versions_days = number
    name                   = string
  })
  default = null
}

variable "bucket_access" {
  description = "Bucket prefixes the workload may use, by purpose; of a bucket, by the workload that may use it. mode is read or write"
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
