variable "buckets" {
  description = "Buckets by name. expire_after_days removes objects (null keeps them), keep_old_versions_days removes what was overwritten or deleted (null takes the default of the environment)"
  type = map(object({
    expire_after_days      = optional(number)
    keep_old_versions_days = optional(number)
  }))
  default  = {}
  nullable = false
  validation {
    condition     = alltrue([for name in keys(var.buckets) : can(regex("^[a-z][a-z0-9-]{1,29}$", name))])
    error_message = "Names of buckets have 2 to 30 lower-case letters, digits and hyphens, starting with a letter: they become part of a name that is unique in the world."
  }
  validation {
    condition     = alltrue([for bucket in values(var.buckets) : coalesce(bucket.expire_after_days, 1) >= 1 && coalesce(bucket.keep_old_versions_days, 1) >= 1])
    error_message = "expire_after_days and keep_old_versions_days are at least 1."
  }
}

variable "production" {
  description = "Production settings: longer retention of old versions, deletion protection"
  type        = bool
}

variable "repositories" {
  description = "Image repositories of the platform itself by name; workload repositories are created in team roots. keep_images is the number of images to keep"
  type = map(object({
    keep_images = optional(number, 30)
  }))
  default  = {}
  nullable = false
  validation {
    condition     = alltrue([for name in keys(var.repositories) : can(regex("^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)*$", name))])
    error_message = "Names of repositories are lower-case words, joined by \"/\"."
  }
  validation {
    condition     = alltrue([for repository in values(var.repositories) : repository.keep_images >= 1])
    error_message = "keep_images is at least 1."
  }
}
