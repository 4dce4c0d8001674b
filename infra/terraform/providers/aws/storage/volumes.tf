# The EBS driver makes the class of volumes (gp3); that they are encrypted is decided here, for every volume of the region.
resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}

resource "aws_ebs_default_kms_key" "this" {
  key_arn = var.encryption_key
}
