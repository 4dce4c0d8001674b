provider "aws" {
  region = var.location
  default_tags {
    tags = local.tags
  }
}

locals {
  tags = {
    "ml-platform.io/managed-by" = "terraform"
    "ml-platform.io/platform"   = var.name
    # No team's role may change what another team's tag is on.
    "ml-platform.io/team" = "platform"
  }
}
