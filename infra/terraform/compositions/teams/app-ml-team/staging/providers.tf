# Rendered by yarn platform:render from platform.yaml and tenants/*/tenant.yaml: change those, and run it.
# Owned by the platform. The region is the pipeline's (AWS_REGION), and so are the rights.
provider "aws" {
  default_tags {
    tags = {
      "ml-platform.io/environment" = "staging"
      "ml-platform.io/managed-by"  = "terraform"
      "ml-platform.io/team"        = "app-ml-team"
    }
  }
}
