# What the platform's add-ons (gitops/platform) may do, each by the identity of its own service account.
locals {
  cluster_tag = "elbv2.k8s.aws/cluster"

  identities = {
    dns = {
      description     = "Writes names of Ingresses of ${var.name}"
      namespace       = "kube-system"
      service_account = "external-dns"
      statements = concat([
        {
          Sid      = "See"
          Effect   = "Allow"
          Action   = ["route53:ListHostedZones", "route53:ListTagsForResources"]
          Resource = ["*"]
        },
        ], length(var.dns_zones) == 0 ? [] : [
        {
          Sid      = "Write"
          Effect   = "Allow"
          Action   = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"]
          Resource = [for zone in var.dns_zones : "arn:aws:route53:::hostedzone/${zone}"]
        },
      ])
    }

    artifacts = {
      description     = "Keeps artifacts of experiments of ${var.name}"
      namespace       = "data-platform-mlflow"
      service_account = "mlflow"
      statements = [
        {
          Sid      = "List"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = ["arn:aws:s3:::${var.name}-mlflow"]
        },
        {
          Sid      = "Objects"
          Effect   = "Allow"
          Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          Resource = ["arn:aws:s3:::${var.name}-mlflow/*"]
        },
        {
          Sid       = "Encrypt"
          Effect    = "Allow"
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = [var.encryption_key]
          Condition = { StringLike = { "kms:ViaService" = "s3.*.amazonaws.com" } }
        },
      ]
    }

    backups = {
      description     = "Keeps backups of databases in ${var.name}"
      namespace       = "data-platform-mlflow"
      service_account = "mlflow-db"
      statements = [
        {
          Sid      = "List"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = ["arn:aws:s3:::${var.name}-backups"]
        },
        {
          Sid      = "Objects"
          Effect   = "Allow"
          Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          Resource = ["arn:aws:s3:::${var.name}-backups/*"]
        },
        {
          Sid       = "Encrypt"
          Effect    = "Allow"
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = [var.encryption_key]
          Condition = { StringLike = { "kms:ViaService" = "s3.*.amazonaws.com" } }
        },
      ]
    }

    load-balancers = {
      description     = "Makes load balancers of ${var.name}, and changes no others"
      namespace       = "kube-system"
      service_account = "aws-load-balancer-controller"
      statements = [
        {
          Sid    = "See"
          Effect = "Allow"
          Action = [
            "acm:DescribeCertificate",
            "acm:ListCertificates",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeCoipPools",
            "ec2:DescribeInstances",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeTags",
            "ec2:DescribeVpcPeeringConnections",
            "ec2:DescribeVpcs",
            "ec2:GetSecurityGroupsForVpc",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeListenerCertificates",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeSSLPolicies",
            "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
          ]
          Resource = ["*"]
        },
        {
          Sid       = "FirstLoadBalancer"
          Effect    = "Allow"
          Action    = ["iam:CreateServiceLinkedRole"]
          Resource  = ["arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"]
          Condition = { StringEquals = { "iam:AWSServiceName" = "elasticloadbalancing.amazonaws.com" } }
        },
        {
          Sid       = "Make"
          Effect    = "Allow"
          Action    = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"]
          Resource  = ["*"]
          Condition = { StringEquals = { "aws:RequestTag/${local.cluster_tag}" = var.name } }
        },
        {
          Sid      = "TagWhatIsMade"
          Effect   = "Allow"
          Action   = ["elasticloadbalancing:AddTags"]
          Resource = ["*"]
          Condition = {
            StringEquals = {
              "aws:RequestTag/${local.cluster_tag}" = var.name
              "elasticloadbalancing:CreateAction"   = ["CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup"]
            }
          }
        },
        {
          Sid    = "ChangeOwn"
          Effect = "Allow"
          Action = [
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:DeleteSecurityGroup",
            "ec2:RevokeSecurityGroupIngress",
            "elasticloadbalancing:AddListenerCertificates",
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:CreateRule",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:DeleteRule",
            "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:DeregisterTargets",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyListenerAttributes",
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:ModifyRule",
            "elasticloadbalancing:ModifyTargetGroup",
            "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:RemoveListenerCertificates",
            "elasticloadbalancing:RemoveTags",
            "elasticloadbalancing:SetIpAddressType",
            "elasticloadbalancing:SetRulePriorities",
            "elasticloadbalancing:SetSecurityGroups",
            "elasticloadbalancing:SetSubnets",
          ]
          Resource  = ["*"]
          Condition = { StringEquals = { "aws:ResourceTag/${local.cluster_tag}" = var.name } }
        },
        # The nodes' own group lets the load balancer in: it has the tag of the cluster, not the controller's.
        {
          Sid       = "OpenNodes"
          Effect    = "Allow"
          Action    = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"]
          Resource  = ["*"]
          Condition = { StringEquals = { "aws:ResourceTag/kubernetes.io/cluster/${var.name}" = "owned" } }
        },
        {
          Sid      = "MakeGroup"
          Effect   = "Allow"
          Action   = ["ec2:CreateSecurityGroup"]
          Resource = ["*"]
        },
        {
          Sid      = "TagGroup"
          Effect   = "Allow"
          Action   = ["ec2:CreateTags"]
          Resource = ["arn:aws:ec2:*:*:security-group/*"]
          Condition = {
            StringEquals = {
              "aws:RequestTag/${local.cluster_tag}" = var.name
              "ec2:CreateAction"                    = "CreateSecurityGroup"
            }
          }
        },
      ]
    }

    secrets = {
      description     = "Reads the platform's secrets for ${var.name}"
      namespace       = "external-secrets"
      service_account = "external-secrets"
      statements = [
        {
          Sid      = "Read"
          Effect   = "Allow"
          Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
          Resource = [for prefix in ["ml-platform", "platform"] : "arn:aws:secretsmanager:*:*:secret:${prefix}/*"]
        },
        {
          Sid       = "Decrypt"
          Effect    = "Allow"
          Action    = ["kms:Decrypt"]
          Resource  = [var.encryption_key]
          Condition = { StringLike = { "kms:ViaService" = "secretsmanager.*.amazonaws.com" } }
        },
      ]
    }
  }
}

resource "aws_iam_role" "identity" {
  for_each = local.identities

  assume_role_policy = local.pod_identity
  description        = each.value.description
  name               = "${var.name}-${each.key}"
  tags               = var.tags
}

resource "aws_iam_role_policy" "identity" {
  for_each = local.identities
  #checkov:skip=CKV_AWS_290:Changes are limited to what has this cluster's tag, which no resource in an ARN can say
  #checkov:skip=CKV_AWS_355:The same; descriptions know no resource
  #checkov:skip=CKV_AWS_289:A load balancer's own security groups are changed by tag

  name   = "add-on"
  role   = aws_iam_role.identity[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value.statements })
}

resource "aws_eks_pod_identity_association" "identity" {
  for_each = local.identities

  cluster_name    = module.cluster.cluster_name
  namespace       = each.value.namespace
  role_arn        = aws_iam_role.identity[each.key].arn
  service_account = each.value.service_account
  tags            = var.tags
}
