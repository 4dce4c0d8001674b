output "role" {
  description = "Name of the role that the workload's pods have; null for a bucket"
  value       = one(aws_iam_role.this[*].name)
}
