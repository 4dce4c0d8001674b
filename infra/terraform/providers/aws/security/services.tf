resource "aws_security_group" "service" {
  for_each = var.services
  #checkov:skip=CKV2_AWS_5:The database layer attaches it

  description = "Reached from the nodes of ${var.name} only"
  name        = "${var.name}-${each.key}"
  tags        = merge(var.tags, { Name = "${var.name}-${each.key}" })
  vpc_id      = module.network.vpc_id
}

locals {
  # Every service times every range of nodes. No rule lets anything out: answers need none.
  service_sources = merge([
    for service, settings in var.services : {
      for index, range in local.node_ranges : "${service}-${index}" => {
        port    = settings.port
        range   = range
        service = service
      }
    }
  ]...)
}

resource "aws_vpc_security_group_ingress_rule" "from_nodes" {
  for_each = local.service_sources

  cidr_ipv4         = each.value.range
  description       = "Nodes and pods"
  from_port         = each.value.port
  ip_protocol       = "tcp"
  security_group_id = aws_security_group.service[each.value.service].id
  tags              = var.tags
  to_port           = each.value.port
}
