data "aws_availability_zones" "available" {
  #checkov:skip=CKV_AWS_394:The first zones by name are taken; a new one comes after them
  state = "available"
  # Local zones have neither EKS nor RDS.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

data "aws_region" "current" {}

locals {
  zones = slice(sort(data.aws_availability_zones.available.names), 0, var.network.zones)

  # Per zone: an eighth of the range for nodes and pods, small parts for gateways, databases and the control plane.
  node_ranges          = [for index in range(var.network.zones) : cidrsubnet(var.network.address_range, 3, index)]
  public_ranges        = [for index in range(var.network.zones) : cidrsubnet(var.network.address_range, 6, 32 + index)]
  data_ranges          = [for index in range(var.network.zones) : cidrsubnet(var.network.address_range, 6, 40 + index)]
  control_plane_ranges = [for index in range(var.network.zones) : cidrsubnet(var.network.address_range, 6, 48 + index)]
}

module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"

  azs                    = local.zones
  cidr                   = var.network.address_range
  database_subnets       = local.data_ranges
  enable_nat_gateway     = var.network.internet != "none"
  intra_subnets          = local.control_plane_ranges
  name                   = var.name
  one_nat_gateway_per_az = var.network.internet == "per_zone"
  private_subnets        = local.node_ranges
  public_subnets         = var.network.internet == "none" ? [] : local.public_ranges
  single_nat_gateway     = var.network.internet == "single"
  tags                   = var.tags

  # RDS and ElastiCache make groups of their own from data_subnets.
  create_database_subnet_group = false

  # Load balancers find their subnets by these.
  private_subnet_tags = { "kubernetes.io/role/internal-elb" = 1 }
  public_subnet_tags  = { "kubernetes.io/role/elb" = 1 }

  create_flow_log_cloudwatch_iam_role             = true
  create_flow_log_cloudwatch_log_group            = true
  enable_flow_log                                 = true
  flow_log_cloudwatch_log_group_kms_key_id        = aws_kms_key.this.arn
  flow_log_cloudwatch_log_group_retention_in_days = var.log_retention_days
}

# Free of charge, and traffic to S3 does not pass a paid gateway.
resource "aws_vpc_endpoint" "s3" {
  route_table_ids   = module.network.private_route_table_ids
  service_name      = "com.amazonaws.${data.aws_region.current.name}.s3"
  tags              = merge(var.tags, { Name = "${var.name}-s3" })
  vpc_endpoint_type = "Gateway"
  vpc_id            = module.network.vpc_id
}
