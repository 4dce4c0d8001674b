data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  issuer  = split("oidc-provider/", var.pipeline.identity_provider)[1]

  # A pull request may look, and only what was merged may change something: the forge's environment of that name admits the
  # default branch only.
  subjects = {
    apply = "repo:${var.pipeline.repository}:environment:${var.name}"
    plan  = "repo:${var.pipeline.repository}:pull_request"
  }
}

resource "aws_iam_role" "pipeline" {
  for_each = local.subjects

  description          = "terraform ${each.key} in teams/${replace(var.name, "--", "/")}"
  max_session_duration = 3600
  name                 = "${var.name}-${each.key}"
  path                 = "/pipelines/"
  tags                 = var.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = var.pipeline.identity_provider }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = each.value
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "state" {
  for_each = aws_iam_role.pipeline

  name = "state"
  role = each.value.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "FindState"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = "arn:aws:s3:::${var.state.bucket}"
        Condition = { StringLike = { "s3:prefix" = ["${var.state.key}*"] } }
      },
      {
        Sid      = "State"
        Effect   = "Allow"
        Action   = each.key == "apply" ? ["s3:GetObject", "s3:PutObject"] : ["s3:GetObject"]
        Resource = "arn:aws:s3:::${var.state.bucket}/${var.state.key}"
      },
      {
        Sid      = "Lock"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Resource = "arn:aws:s3:::${var.state.bucket}/${var.state.key}.tflock"
      },
      {
        Sid      = "EncryptState"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.state.encryption_key
      },
      {
        Sid      = "PlatformSettings"
        Effect   = "Allow"
        Action   = "ssm:GetParameter"
        Resource = "arn:aws:ssm:*:${local.account}:parameter/ml-platform/${var.environment}/*"
      },
      {
        Sid    = "See"
        Effect = "Allow"
        Action = [
          "ecr:DescribeRepositories", "ecr:GetLifecyclePolicy", "ecr:ListTagsForResource",
          "eks:DescribePodIdentityAssociation", "eks:ListPodIdentityAssociations",
          "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "change" {
  name = "change"
  role = aws_iam_role.pipeline["apply"].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Repositories"
        Effect = "Allow"
        Action = [
          "ecr:CreateRepository", "ecr:DeleteLifecyclePolicy", "ecr:DeleteRepository", "ecr:PutImageScanningConfiguration",
          "ecr:PutImageTagMutability", "ecr:PutLifecyclePolicy", "ecr:TagResource", "ecr:UntagResource",
        ]
        Resource = "arn:aws:ecr:*:${local.account}:repository/${var.repository_prefix}*"
      },
      {
        # Without the boundary a role could be given more than the team has.
        Sid       = "MakeRoles"
        Effect    = "Allow"
        Action    = ["iam:CreateRole", "iam:PutRolePolicy"]
        Resource  = "arn:aws:iam::${local.account}:role${var.role_path}*"
        Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary.arn } }
      },
      {
        Sid      = "KeepRoles"
        Effect   = "Allow"
        Action   = ["iam:DeleteRole", "iam:DeleteRolePolicy", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"]
        Resource = "arn:aws:iam::${local.account}:role${var.role_path}*"
      },
      {
        Sid       = "GiveRolesToPods"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = "arn:aws:iam::${local.account}:role${var.role_path}*"
        Condition = { StringEquals = { "iam:PassedToService" = "pods.eks.amazonaws.com" } }
      },
      {
        Sid    = "PodIdentities"
        Effect = "Allow"
        Action = [
          "eks:CreatePodIdentityAssociation", "eks:DeletePodIdentityAssociation", "eks:TagResource", "eks:UntagResource",
          "eks:UpdatePodIdentityAssociation",
        ]
        Resource = ["arn:aws:eks:*:${local.account}:cluster/*", "arn:aws:eks:*:${local.account}:podidentityassociation/*"]
      },
      {
        Sid       = "EncryptRepositories"
        Effect    = "Allow"
        Action    = ["kms:CreateGrant", "kms:DescribeKey"]
        Resource  = var.encryption_key
        Condition = { StringLike = { "kms:ViaService" = "ecr.*.amazonaws.com" } }
      },
    ]
  })
}
