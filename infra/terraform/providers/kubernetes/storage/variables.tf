variable "buckets" {
  description = "Buckets by name: after how many days objects go (null keeps them), and what was overwritten or deleted"
  type = map(object({
    expire_after_days      = optional(number)
    keep_old_versions_days = number
  }))
  nullable = false
  validation {
    condition     = alltrue([for bucket in values(var.buckets) : coalesce(bucket.expire_after_days, 1) >= 1 && bucket.keep_old_versions_days >= 1])
    error_message = "expire_after_days and keep_old_versions_days are at least 1."
  }
}

# There is no key; the disk is the laptop's.
# tflint-ignore: terraform_unused_declarations
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

variable "protected" {
  description = "Refuse deletion while it contains data"
  type        = bool
}

variable "repositories" {
  description = "Image repositories by name: how many images stay"
  type = map(object({
    keep_images = number
  }))
  nullable = false
  validation {
    condition     = alltrue([for repository in values(var.repositories) : repository.keep_images >= 1])
    error_message = "keep_images is at least 1."
  }
}

variable "tags" {
  description = "Tags for all resources that support them"
  type        = map(string)
  default     = {}
  nullable    = false
}
