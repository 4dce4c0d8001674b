# One repository serves all environments, so that what was tested is what is promoted; the environment that the platform
# names makes it.
resource "aws_ecr_repository" "this" {
  count = var.image_repository != null && local.platform.owns_repositories ? 1 : 0

  image_tag_mutability = "IMMUTABLE"
  name                 = var.image_repository
  tags                 = local.tags
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = local.platform.encryption_key
  }
  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  count = length(aws_ecr_repository.this)

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep the newest images"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 50 }
      action       = { type = "expire" }
    }]
  })
  repository = aws_ecr_repository.this[0].name
}
