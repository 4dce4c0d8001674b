# Pipelines sign in with their own identity: there are no access keys to keep, or to lose.
resource "aws_iam_openid_connect_provider" "pipelines" {
  client_id_list = ["sts.amazonaws.com"]
  url            = "https://${var.issuer}"
}
