module real-platform/argo-rollouts

go 1.24.9

require github.com/argoproj/argo-rollouts v1.9.0
