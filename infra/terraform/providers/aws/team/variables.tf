variable "cluster" {
  description = "Name of the cluster whose pods get roles"
  type        = string
}

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
  description = "Trusted principals of the roles: the identity provider of the forge's pipelines, the platform repository as owner/name, and its default branch"
  type = object({
    branch            = string
    identity_provider = string
    repository        = string
  })
  validation {
    condition     = can(regex("^arn:aws:iam::[0-9]{12}:oidc-provider/", var.pipeline.identity_provider))
    error_message = "identity_provider must be the ARN of an OpenID Connect provider."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._/-]*$", var.pipeline.branch))
    error_message = "branch is the name of a branch."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$", var.pipeline.repository))
    error_message = "repository must be owner/name: anything shorter would trust other repositories."
  }
}

variable "repository_prefix" {
  description = "Begins the names of the team's image repositories"
  type        = string
}

variable "role_path" {
  description = "IAM path of the roles of the team's workloads"
  type        = string
}

variable "state" {
  description = "State bucket and key of the team's root, and the encryption key"
  type = object({
    bucket         = string
    encryption_key = string
    key            = string
  })
}

variable "tags" {
  description = "Tags for all resources that support them"
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "team" {
  description = "The team, as its resources are tagged"
  type        = string
}
