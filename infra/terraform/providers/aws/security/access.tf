# People take a role of the platform instead of being named in the cluster: who may take it is changed in one place.
resource "aws_iam_role" "access" {
  for_each = var.access

  description          = "${each.value.role} in the cluster of ${var.name}"
  max_session_duration = 3600
  name                 = "${var.name}-${each.key}"
  tags                 = var.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = each.value.principal }
      Action    = "sts:AssumeRole"
    }]
  })
}

# `aws eks update-kubeconfig` needs it; everything else is decided in the cluster.
resource "aws_iam_role_policy" "find_cluster" {
  for_each = aws_iam_role.access

  name = "find-cluster"
  role = each.value.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "eks:DescribeCluster"
      Resource = "arn:aws:eks:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:cluster/${var.name}"
    }]
  })
}
