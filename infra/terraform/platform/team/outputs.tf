output "name" {
  description = "Name of the team in this environment; roles and policies are derived from it"
  value       = "${var.team}--${var.environment}"
}

output "namespace" {
  description = "The team's namespace in this environment"
  value       = "${var.team}${var.namespace_suffix}"
}

output "repository_prefix" {
  description = "Begins the names of the team's image repositories"
  value       = "${var.team}/"
}

output "role_path" {
  description = "Where the roles of the team's workloads are, so that a pattern can name them all"
  value       = "/workloads/${var.team}/"
}

output "state_key" {
  description = "Where the state of the team's root is in the state bucket"
  value       = "teams/${var.team}/${var.environment}/terraform.tfstate"
}

output "tags" {
  description = "Tell whose it is, and who pays"
  value = {
    "ml-platform.io/environment" = var.environment
    "ml-platform.io/team"        = var.team
  }
}
