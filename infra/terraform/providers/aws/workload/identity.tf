# A bucket runs nothing, so that it needs no identity.
resource "aws_iam_role" "this" {
  count = var.bucket == null ? 1 : 0

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
  count = length(aws_iam_role.this)

  cluster_name    = local.platform.cluster
  namespace       = "${var.team}${local.platform.namespace_suffix}"
  role_arn        = aws_iam_role.this[0].arn
  service_account = var.workload
  tags            = local.tags
}

# Of a bucket, each workload that uses it gets a policy; its role has to be there.
resource "aws_iam_role_policy" "bucket" {
  for_each = var.bucket_access

  name = var.bucket == null ? each.key : "bucket-${var.workload}"
  role = var.bucket == null ? aws_iam_role.this[0].name : "${var.team}--${each.key}--${var.environment}"
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
