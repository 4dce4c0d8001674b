# The most that any workload of the team may do here, whatever its own policies say.
resource "aws_iam_policy" "boundary" {
  # A boundary gives nothing: a role has what its own policies and this one both allow.
  #checkov:skip=CKV_AWS_287:A boundary gives nothing
  #checkov:skip=CKV_AWS_289:A boundary gives nothing
  #checkov:skip=CKV_AWS_290:A boundary gives nothing
  #checkov:skip=CKV_AWS_355:A boundary gives nothing
  description = "Boundary of the workloads of ${var.name}"
  name        = var.name
  path        = var.role_path
  tags        = var.tags
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Data"
        Effect   = "Allow"
        Action   = ["elasticache:Connect", "rds-db:connect", "s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
        Resource = "*"
        # Data does not leave the company by a bucket of somebody else.
        Condition = { StringEquals = { "aws:ResourceAccount" = local.account } }
      },
      {
        Sid      = "OwnSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
        Resource = "arn:aws:secretsmanager:*:${local.account}:secret:${var.name}/*"
      },
      {
        Sid      = "Encryption"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.encryption_key
      },
      {
        Sid      = "NeverTheState"
        Effect   = "Deny"
        Action   = "s3:*"
        Resource = ["arn:aws:s3:::${var.state.bucket}", "arn:aws:s3:::${var.state.bucket}/*"]
      },
    ]
  })
}
