# What the cluster autoscaler (gitops/platform) may do: it changes the size of this cluster's node groups and nothing else.
resource "aws_iam_role" "autoscaler" {
  assume_role_policy = local.pod_identity
  description        = "Adds and removes nodes of ${var.name}"
  name               = "${var.name}-autoscaler"
  tags               = var.tags
}

resource "aws_iam_role_policy" "autoscaler" {
  #checkov:skip=CKV_AWS_355:Changes are limited to groups with this cluster's tag; descriptions know no resource
  name = "node-groups"
  role = aws_iam_role.autoscaler.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "See"
        Effect = "Allow"
        Action = [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeAutoScalingInstances",
          "autoscaling:DescribeLaunchConfigurations",
          "autoscaling:DescribeScalingActivities",
          "ec2:DescribeImages",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeLaunchTemplateVersions",
          "ec2:GetInstanceTypesFromInstanceRequirements",
          "eks:DescribeNodegroup",
        ]
        Resource = "*"
      },
      {
        Sid       = "ChangeSize"
        Effect    = "Allow"
        Action    = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:ResourceTag/k8s.io/cluster-autoscaler/${var.name}" = "owned" } }
      },
    ]
  })
}

resource "aws_eks_pod_identity_association" "autoscaler" {
  cluster_name    = module.cluster.cluster_name
  namespace       = "kube-system"
  role_arn        = aws_iam_role.autoscaler.arn
  service_account = "cluster-autoscaler"
  tags            = var.tags
}
