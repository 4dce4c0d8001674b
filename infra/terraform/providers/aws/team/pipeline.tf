data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  issuer  = split("oidc-provider/", var.pipeline.identity_provider)[1]

  # Whoever may push a branch may change every workflow on it, so a branch or an event proves nothing. A role trusts one workflow
  # as the default branch has it, in the forge's environment with the role's name: that of plan has reviewers, and that of apply
  # admits the default branch only.
  workflow = "${var.pipeline.repository}/.github/workflows/terraform.yaml@refs/heads/${var.pipeline.branch}"
  roles = {
    apply = "${var.name}-apply"
    plan  = "${var.name}-plan"
  }

  # Names of teams and workloads have no "--", so that these are the team's.
  buckets      = "arn:aws:s3:::${var.team}--*--${var.environment}"
  repositories = "arn:aws:ecr:*:${local.account}:repository/${var.repository_prefix}*"
  workloads    = "arn:aws:iam::${local.account}:role${var.role_path}*--${var.environment}"
  cluster      = "arn:aws:eks:*:${local.account}:cluster/${var.cluster}"
  associations = "arn:aws:eks:*:${local.account}:podidentityassociation/${var.cluster}/*"
  own = {
    "aws:ResourceTag/ml-platform.io/environment" = var.environment
    "aws:ResourceTag/ml-platform.io/team"        = var.team
  }
  marked = {
    "aws:RequestTag/ml-platform.io/environment" = var.environment
    "aws:RequestTag/ml-platform.io/team"        = var.team
  }
}

resource "aws_iam_role" "pipeline" {
  for_each = local.roles

  description          = "terraform ${each.key} in teams/${replace(var.name, "--", "/")}"
  max_session_duration = 3600
  name                 = each.value
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
          "${local.issuer}:aud"              = "sts.amazonaws.com"
          "${local.issuer}:job_workflow_ref" = local.workflow
          "${local.issuer}:sub"              = "repo:${var.pipeline.repository}:environment:${each.value}"
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
    Statement = concat([
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
        Sid       = "EncryptState"
        Effect    = "Allow"
        Action    = each.key == "apply" ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"]
        Resource  = var.state.encryption_key
        Condition = { StringLike = { "kms:ViaService" = "s3.*.amazonaws.com" } }
      },
      {
        Sid      = "PlatformSettings"
        Effect   = "Allow"
        Action   = "ssm:GetParameter"
        Resource = "arn:aws:ssm:*:${local.account}:parameter/ml-platform/${var.environment}/*"
      },
      {
        Sid      = "SeeRepositories"
        Effect   = "Allow"
        Action   = ["ecr:DescribeRepositories", "ecr:GetLifecyclePolicy", "ecr:ListTagsForResource"]
        Resource = local.repositories
      },
      {
        Sid      = "SeePodIdentities"
        Effect   = "Allow"
        Action   = ["eks:DescribePodIdentityAssociation", "eks:ListPodIdentityAssociations"]
        Resource = [local.cluster, local.associations]
      },
      {
        # Their settings, not their objects.
        Sid    = "SeeBuckets"
        Effect = "Allow"
        Action = [
          "s3:GetAccelerateConfiguration", "s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration",
          "s3:GetReplicationConfiguration", "s3:ListBucket",
        ]
        Resource = local.buckets
      },
      {
        # The provider lists instance profiles before it deletes a role.
        Sid    = "SeeRoles"
        Effect = "Allow"
        Action = [
          "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
          "iam:ListRolePolicies",
        ]
        Resource = local.workloads
      },
      # A plan takes no lock (-lock=false), so that it can remove none.
      ], each.key == "apply" ? [
      {
        Sid      = "Lock"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Resource = "arn:aws:s3:::${var.state.bucket}/${var.state.key}.tflock"
      },
    ] : [])
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
        Resource = local.repositories
      },
      {
        # Without the boundary a role could be given more than the team has.
        Sid       = "MakeRoles"
        Effect    = "Allow"
        Action    = ["iam:CreateRole", "iam:PutRolePolicy"]
        Resource  = local.workloads
        Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary.arn } }
      },
      {
        Sid      = "KeepRoles"
        Effect   = "Allow"
        Action   = ["iam:DeleteRole", "iam:DeleteRolePolicy", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"]
        Resource = local.workloads
      },
      {
        Sid       = "GiveRolesToPods"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = local.workloads
        Condition = { StringEquals = { "iam:PassedToService" = "pods.eks.amazonaws.com" } }
      },
      {
        # IAM knows no namespaces: which of them an association is for, the repository check says.
        Sid       = "MakePodIdentities"
        Effect    = "Allow"
        Action    = "eks:CreatePodIdentityAssociation"
        Resource  = local.cluster
        Condition = { StringEquals = local.marked }
      },
      {
        Sid       = "KeepPodIdentities"
        Effect    = "Allow"
        Action    = ["eks:DeletePodIdentityAssociation", "eks:UntagResource", "eks:UpdatePodIdentityAssociation"]
        Resource  = local.associations
        Condition = { StringEquals = local.own }
      },
      {
        # On creation there are no tags yet; afterwards they must be the team's own, so that no other association becomes it.
        Sid       = "MarkPodIdentities"
        Effect    = "Allow"
        Action    = "eks:TagResource"
        Resource  = local.associations
        Condition = { StringEqualsIfExists = merge(local.own, local.marked) }
      },
      {
        # AWS deletes empty buckets only, and nothing here empties one.
        Sid    = "Buckets"
        Effect = "Allow"
        Action = [
          "s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy",
          "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
        ]
        Resource = local.buckets
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
