locals {
  addons = {
    aws-ebs-csi-driver = {
      # Its own class of volumes is gp3, and compositions/foundation has every volume of the account encrypted.
      configuration_values     = jsonencode({ defaultStorageClass = { enabled = true } })
      pod_identity_association = [{ role_arn = aws_iam_role.volumes.arn, service_account = "ebs-csi-controller-sa" }]
    }
    coredns                = {}
    eks-pod-identity-agent = { before_compute = true }
    kube-proxy             = {}
    vpc-cni = {
      before_compute = true
      # Without it network policies are accepted and do nothing.
      configuration_values = jsonencode({ enableNetworkPolicy = "true" })
    }
  }

  pod_identity = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
    }]
  })
}

resource "aws_iam_role" "volumes" {
  assume_role_policy = local.pod_identity
  description        = "Makes volumes for ${var.name}"
  name               = "${var.name}-volumes"
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "volumes" {
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
  role       = aws_iam_role.volumes.name
}
