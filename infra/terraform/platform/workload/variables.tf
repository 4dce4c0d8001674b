variable "bucket" {
  description = "The workload is a bucket with the workload's name: after how many days objects go (null keeps them), and what was overwritten or deleted; null for what runs"
  type = object({
    expire_after_days      = optional(number)
    keep_old_versions_days = optional(number, 7)
  })
  default = null
  validation {
    condition     = var.bucket == null || (coalesce(try(var.bucket.expire_after_days, null), 1) >= 1 && try(var.bucket.keep_old_versions_days, 1) >= 1)
    error_message = "expire_after_days and keep_old_versions_days are at least 1."
  }
  validation {
    condition     = var.bucket == null || (var.model_location == null && !var.image_repository)
    error_message = "A bucket runs nothing: it has neither a model nor images."
  }
}

variable "bucket_readers" {
  description = "Workloads of the team that may read the bucket; each has an identity of its own in this environment"
  type        = set(string)
  default     = []
  nullable    = false
  validation {
    condition     = alltrue([for name in var.bucket_readers : can(regex("^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$", name)) && !strcontains(name, "--")])
    error_message = "bucket_readers are names of workloads."
  }
  validation {
    condition     = var.bucket != null || length(var.bucket_readers) == 0
    error_message = "bucket_readers are of a bucket."
  }
}

variable "bucket_writers" {
  description = "Workloads of the team that may read, write and delete in the bucket; each has an identity of its own in this environment"
  type        = set(string)
  default     = []
  nullable    = false
  validation {
    condition     = alltrue([for name in var.bucket_writers : can(regex("^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$", name)) && !strcontains(name, "--")])
    error_message = "bucket_writers are names of workloads."
  }
  validation {
    condition     = var.bucket != null || length(var.bucket_writers) == 0
    error_message = "bucket_writers are of a bucket."
  }
}

variable "environment" {
  description = "Name of the environment, as in mlPlatform.environments"
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,8}$", var.environment))
    error_message = "environment has 1 to 9 lower-case letters and digits, starting with a letter."
  }
}

variable "image_repository" {
  description = "Create an image repository for the workload"
  type        = bool
  default     = false
}

variable "model_location" {
  description = "Location of the workload's model, as s3://bucket/prefix; null without a model"
  type        = string
  default     = null
  validation {
    condition     = var.model_location == null || can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9 !_.'()&@=;:+,-]+)*/?$", var.model_location))
    error_message = "model_location is s3://bucket or s3://bucket/prefix, without * ? and $, which mean something in policies."
  }
  validation {
    condition     = var.model_location == null || !anytrue([for part in split("/", coalesce(var.model_location, "-")) : contains([".", ".."], part)])
    error_message = "model_location has no parts \".\" or \"..\"."
  }
}

variable "team" {
  description = "The owning team"
  type        = string
  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]*[a-z0-9])?$", var.team)) && length(var.team) <= 20 && !strcontains(var.team, "--")
    error_message = "team is a DNS label of at most 20 characters without \"--\"."
  }
}

variable "workload" {
  description = "The workload in the team"
  type        = string
  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]*[a-z0-9])?$", var.workload)) && length(var.workload) <= 30 && !strcontains(var.workload, "--")
    error_message = "workload is a DNS label of at most 30 characters without \"--\"."
  }
}
