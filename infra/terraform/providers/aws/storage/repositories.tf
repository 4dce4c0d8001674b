resource "aws_ecr_repository" "this" {
  for_each = var.repositories

  force_delete = !var.protected
  # A tag that moves would deploy what nobody reviewed.
  image_tag_mutability = "IMMUTABLE"
  name                 = each.key
  tags                 = var.tags
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.encryption_key
  }
  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each = var.repositories

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep the newest images"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = each.value.keep_images }
      action       = { type = "expire" }
    }]
  })
  repository = aws_ecr_repository.this[each.key].name
}
