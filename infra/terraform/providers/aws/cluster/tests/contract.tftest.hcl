mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/stand-in" }
  }
}

variables {
  dns_zones          = []
  encryption_key     = "arn:aws:kms:eu-west-1:111122223333:key/stand-in"
  access             = {}
  kubernetes_version = "1.36"
  log_retention_days = 30
  name               = "data-platform-dev"
  node_pools = {
    general = { capacity = "spot", disk_gb = 100, labels = {}, max = 2, min = 1, size = "small" }
  }
  public_access = []
}

run "takes_no_network" {
  command = plan
}

run "refuses_roles_it_does_not_know" {
  command = plan
  variables {
    access = { others = { principal = "others", role = "owner" } }
  }
  expect_failures = [var.access]
}

run "refuses_patch_versions" {
  command = plan
  variables {
    kubernetes_version = "1.36.1"
  }
  expect_failures = [var.kubernetes_version]
}

run "refuses_periods_that_aws_would_refuse" {
  command = plan
  variables {
    log_retention_days = 31
  }
  expect_failures = [var.log_retention_days]
}

run "refuses_names_that_aws_would_refuse" {
  command = plan
  variables {
    name = "Data"
  }
  expect_failures = [var.name]
}

run "refuses_sizes_it_does_not_know" {
  command = plan
  variables {
    node_pools = {
      general = { capacity = "spot", disk_gb = 100, labels = {}, max = 2, min = 1, size = "m7i.large" }
    }
  }
  expect_failures = [var.node_pools]
}

run "refuses_more_than_the_maximum" {
  command = plan
  variables {
    node_pools = {
      general = { capacity = "spot", disk_gb = 100, labels = {}, max = 1, min = 2, size = "small" }
    }
  }
  expect_failures = [var.node_pools]
}

run "refuses_the_whole_internet" {
  command = plan
  variables {
    public_access = ["0.0.0.0/0"]
  }
  expect_failures = [var.public_access]
}

run "refuses_zones_that_are_names" {
  command = plan
  variables {
    dns_zones = ["apps.example.com"]
  }
  expect_failures = [var.dns_zones]
}
