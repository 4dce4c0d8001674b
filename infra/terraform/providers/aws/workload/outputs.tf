output "role" {
  description = "Name of the role that the workload's pods have"
  value       = aws_iam_role.this.name
}
