// Command gosdk is a client of the forge that uses Gitea's Go SDK: it sends null and zero values for all that it does not set.
// It prints a line for each step, and fails at the first that does not have the expected result.
package main

import (
	"fmt"
	"os"
	"time"

	"code.gitea.io/sdk/gitea"
)

const (
	owner      = "acme"
	repository = "platform"
)

type step struct {
	name string
	run  func() error
}

func main() {
	if err := run(os.Getenv("FORGE_URL"), os.Getenv("PORTAL_TOKEN"), os.Getenv("ENGINEER_TOKEN"), os.Getenv("BRANCH")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(url, portalToken, engineerToken, branch string) error {
	// A token is taken with any user name.
	portal, err := gitea.NewClient(url, gitea.SetBasicAuth("anybody", portalToken))
	if err != nil {
		return err
	}
	engineer, err := gitea.NewClient(url, gitea.SetToken(engineerToken))
	if err != nil {
		return err
	}
	change := &pullRequest{portal: portal, engineer: engineer, branch: branch}
	steps := append(change.steps(), readingSteps(portal, engineer, branch)...)
	steps = append(steps, step{"merge", change.merge})
	for _, step := range steps {
		if err := step.run(); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Println(step.name)
	}
	return nil
}

// pullRequest is a pull request that the steps open, edit and merge.
type pullRequest struct {
	portal, engineer *gitea.Client
	branch           string
	index            int64
}

func (p *pullRequest) steps() []step {
	text := "Second text"
	closed, open := gitea.StateClosed, gitea.StateOpen
	return []step{
		{"open", p.open},
		{"edit the title", p.edit(gitea.EditPullRequestOption{Title: "Second title"}, func(pull *gitea.PullRequest) bool {
			return pull.Title == "Second title" && pull.Body == "First text"
		})},
		{"edit the text", p.edit(gitea.EditPullRequestOption{Body: &text}, func(pull *gitea.PullRequest) bool {
			return pull.Title == "Second title" && pull.Body == text
		})},
		{"label", p.label},
		{"comment", p.comment},
		{"review", p.review},
		{"close", p.edit(gitea.EditPullRequestOption{State: &closed}, func(pull *gitea.PullRequest) bool {
			return pull.State == gitea.StateClosed && pull.Title == "Second title" && len(pull.Labels) == 1
		})},
		{"reopen", p.edit(gitea.EditPullRequestOption{State: &open}, func(pull *gitea.PullRequest) bool {
			return pull.State == gitea.StateOpen && len(pull.Labels) == 1
		})},
		{"remove the labels", p.edit(gitea.EditPullRequestOption{Labels: []int64{}}, func(pull *gitea.PullRequest) bool {
			return len(pull.Labels) == 0
		})},
	}
}

func (p *pullRequest) open() error {
	pull, _, err := p.portal.CreatePullRequest(owner, repository, gitea.CreatePullRequestOption{
		Head: p.branch, Base: "main", Title: "First title", Body: "First text",
	})
	if err != nil {
		return err
	}
	p.index = pull.Index
	return require(pull.State == gitea.StateOpen && len(pull.Labels) == 0, pull)
}

func (p *pullRequest) edit(options gitea.EditPullRequestOption, check func(*gitea.PullRequest) bool) func() error {
	return func() error {
		pull, _, err := p.portal.EditPullRequest(owner, repository, p.index, options)
		if err != nil {
			return err
		}
		return require(check(pull), pull)
	}
}

func (p *pullRequest) label() error {
	label, _, err := p.portal.CreateLabel(owner, repository, gitea.CreateLabelOption{Name: "from-go", Color: "#00aabb"})
	if err != nil {
		return err
	}
	labels, _, err := p.portal.ReplaceIssueLabels(owner, repository, p.index, gitea.IssueLabelsOption{Labels: []int64{label.ID}})
	if err != nil {
		return err
	}
	return require(len(labels) == 1 && labels[0].Name == "from-go", labels)
}

func (p *pullRequest) comment() error {
	comment, _, err := p.portal.CreateIssueComment(owner, repository, p.index, gitea.CreateIssueCommentOption{Body: "Seen"})
	if err != nil {
		return err
	}
	return require(comment.Body == "Seen", comment)
}

func (p *pullRequest) review() error {
	review, _, err := p.engineer.CreatePullReview(owner, repository, p.index, gitea.CreatePullReviewOptions{State: gitea.ReviewStateApproved})
	if err != nil {
		return err
	}
	return require(review.State == gitea.ReviewStateApproved, review)
}

// merge tries until the forge has computed whether the branches can be merged.
func (p *pullRequest) merge() error {
	for {
		merged, response, err := p.engineer.MergePullRequest(owner, repository, p.index, gitea.MergePullRequestOption{Style: gitea.MergeStyleMerge})
		if merged {
			return nil
		}
		if response == nil || response.StatusCode != 405 {
			return fmt.Errorf("%v %w", response, err)
		}
		time.Sleep(time.Second)
	}
}

func readingSteps(portal, engineer *gitea.Client, branch string) []step {
	return []step{
		{"list repositories", func() error {
			found, _, err := portal.ListMyRepos(gitea.ListReposOptions{})
			if err != nil {
				return err
			}
			for _, each := range found {
				if each.FullName == owner+"/"+repository {
					return nil
				}
			}
			return require(false, found)
		}},
		{"list branches", func() error {
			found, _, err := portal.ListRepoBranches(owner, repository, gitea.ListRepoBranchesOptions{})
			if err != nil {
				return err
			}
			for _, each := range found {
				if each.Name == branch {
					return nil
				}
			}
			return require(false, found)
		}},
		{"create a webhook", func() error {
			hook, _, err := engineer.CreateRepoHook(owner, repository, gitea.CreateHookOption{
				Type: gitea.HookTypeGitea, Config: map[string]string{"url": "http://127.0.0.1:9/", "content_type": "json"},
			})
			if err != nil {
				return err
			}
			found, _, err := engineer.ListRepoHooks(owner, repository, gitea.ListHooksOptions{})
			if err != nil {
				return err
			}
			if err := require(len(found) > 0 && len(hook.Events) == 1 && hook.Events[0] == "push", hook); err != nil {
				return err
			}
			_, err = engineer.EditRepoHook(owner, repository, hook.ID, gitea.EditHookOption{})
			if err != nil {
				return err
			}
			_, err = engineer.DeleteRepoHook(owner, repository, hook.ID)
			return err
		}},
		{"set a status", func() error {
			head, _, err := portal.GetRepoBranch(owner, repository, branch)
			if err != nil {
				return err
			}
			status, _, err := portal.CreateStatus(owner, repository, head.Commit.ID, gitea.CreateStatusOption{State: gitea.StatusSuccess, Context: "from-go"})
			if err != nil {
				return err
			}
			return require(status.Context == "from-go", status)
		}},
		{"read a file", func() error {
			contents, _, err := portal.GetContents(owner, repository, "main", "templates/README.md")
			if err != nil {
				return err
			}
			raw, _, err := portal.GetFile(owner, repository, "main", "templates/README.md")
			if err != nil {
				return err
			}
			return require(contents.Name == "README.md" && int64(len(raw)) == contents.Size, contents)
		}},
		{"list a directory", func() error {
			found, _, err := portal.ListContents(owner, repository, "", "templates")
			if err != nil {
				return err
			}
			return require(len(found) > 0, found)
		}},
	}
}

func require(isExpected bool, found any) error {
	if isExpected {
		return nil
	}
	return fmt.Errorf("unexpected result %+v", found)
}
