provider "aws" {
  region = var.location
  default_tags {
    tags = { "ml-platform.io/managed-by" = "terraform" }
  }
}
