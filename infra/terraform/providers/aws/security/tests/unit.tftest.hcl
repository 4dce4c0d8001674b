mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/stand-in" }
  }
}

variables {
  access             = { platform = { principal = "arn:aws:iam::111122223333:role/engineers", role = "admin" } }
  log_retention_days = 365
  name               = "data-platform-prod"
  network            = { address_range = "10.0.0.0/16", internet = "per_zone", zones = 3 }
  protected          = true
  services           = { cache = { port = 6379 }, database = { port = 5432 } }
}

run "data_services_are_reached_from_nodes_only" {
  command = plan
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.from_nodes) == 6
    error_message = "Two services times three ranges of nodes."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.from_nodes["database-1"].cidr_ipv4 == "10.0.32.0/19" && aws_vpc_security_group_ingress_rule.from_nodes["database-1"].to_port == 5432
    error_message = "A rule opens one port to one range."
  }
}

run "the_key_can_be_rescued_for_a_month" {
  command = plan
  assert {
    condition     = aws_kms_key.this.deletion_window_in_days == 30 && aws_kms_key.this.enable_key_rotation
    error_message = "The key rotates, and its deletion takes 30 days."
  }
}

run "outputs_have_the_shape_that_other_layers_take" {
  assert {
    condition     = length(output.network.cluster_subnets) == 3 && length(output.network.control_plane_subnets) == 3 && length(output.network.data_subnets) == 3
    error_message = "There are subnets of each kind in each zone."
  }
  assert {
    condition     = output.access.platform == { principal = "arn:aws:iam::111122223333:role/stand-in", role = "admin" }
    error_message = "The role of the platform enters the cluster."
  }
  assert {
    condition     = keys(output.service_groups) == ["cache", "database"]
    error_message = "Every service has a group."
  }
}
