resource "aws_iam_role" "this" {
  description = "${var.team}/${var.workload} in ${var.environment}"
  name        = local.name
  path        = "/workloads/${var.team}/"
  # Whatever a pull request gives this role, it cannot do more than the team may.
  permissions_boundary = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:policy/workloads/${var.team}/${var.team}--${var.environment}"
  tags                 = local.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
    }]
  })
}

# The workload's service account has its name; nothing in a manifest points at a role.
resource "aws_eks_pod_identity_association" "this" {
  cluster_name    = local.platform.cluster
  namespace       = "${var.team}${local.platform.namespace_suffix}"
  role_arn        = aws_iam_role.this.arn
  service_account = var.workload
  tags            = local.tags
}

resource "aws_iam_role_policy" "bucket" {
  for_each = var.bucket_access

  name = each.key
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "List"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = "arn:aws:s3:::${each.value.bucket}"
        Condition = { StringLike = { "s3:prefix" = [each.value.prefix == "" ? "*" : "${each.value.prefix}/*"] } }
      },
      {
        Sid      = "Objects"
        Effect   = "Allow"
        Action   = each.value.mode == "read" ? ["s3:GetObject"] : ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Resource = "arn:aws:s3:::${each.value.bucket}/${each.value.prefix == "" ? "*" : "${each.value.prefix}/*"}"
      },
      {
        Sid       = "Decrypt"
        Effect    = "Allow"
        Action    = each.value.mode == "read" ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = local.platform.encryption_key
        Condition = { StringLike = { "kms:ViaService" = "s3.*.amazonaws.com" } }
      },
    ]
  })
}
