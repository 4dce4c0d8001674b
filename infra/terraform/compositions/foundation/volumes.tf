# The EBS driver's class of volumes (gp3) says nothing of encryption; this does, for every volume of the account and region.
resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}
