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
  description = "IAM path of the roles of the team's workloads; one pattern matches all of them"
  value       = "/workloads/${var.team}/"
}

output "state_key" {
  description = "Key of the team's state in the state bucket"
  value       = "teams/${var.team}/${var.environment}/terraform.tfstate"
}

output "tags" {
  description = "Tags for owner and cost allocation"
  value = {
    "ml-platform.io/environment" = var.environment
    "ml-platform.io/team"        = var.team
  }
}
