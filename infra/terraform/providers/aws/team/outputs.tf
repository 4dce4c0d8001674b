output "roles" {
  description = "The roles of the team's pipeline: plan for pull requests, apply for what was merged"
  value       = { for purpose, role in aws_iam_role.pipeline : purpose => role.arn }
}
