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
  }
}
