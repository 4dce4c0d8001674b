variable "encryption_key" {
  description = "The key that encrypts everything of the platform"
  type        = string
}

variable "environment" {
  description = "Name of the environment"
  type        = string
}

variable "name" {
  description = "Name of the team in this environment; begins the names of roles"
  type        = string
  validation {
    condition     = length(var.name) <= 58
    error_message = "name has at most 58 characters: a role's name ends with what it is for."
  }
}

variable "pipeline" {
  description = "Whom roles are given to: the identity provider that the forge's pipelines sign in with, and the platform repository there, as owner/name"
  type = object({
    identity_provider = string
    repository        = string
  })
  validation {
    condition     = can(regex("^arn:aws:iam::[0-9]{12}:oidc-provider/", var.pipeline.identity_provider))
    error_message = "identity_provider is the ARN of an OpenID Connect provider."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$", var.pipeline.repository))
    error_message = "repository is owner/name: anything shorter would let other repositories in."
  }
}

variable "repository_prefix" {
  description = "Begins the names of the team's image repositories"
  type        = string
}

variable "role_path" {
  description = "Where the roles of the team's workloads are"
  type        = string
}

variable "state" {
  description = "Where the state of the team's root is, and the key that encrypts it"
  type = object({
    bucket         = string
    encryption_key = string
    key            = string
  })
}

variable "tags" {
  description = "Put on everything that can carry them"
  type        = map(string)
  default     = {}
  nullable    = false
}
